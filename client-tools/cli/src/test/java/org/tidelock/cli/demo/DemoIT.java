package org.tidelock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelock.cli.service.LaunchedCommand;

/** The demo as its users run it. However it ends, no process and no file of it is left. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // Made before each test.
class DemoIT {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  /** With one calibration for all of them. */
  @TempDir static Path homes;

  @TempDir Path folder;

  private Path home;
  private Path temporary;

  @BeforeEach
  void makeFolders() throws IOException {
    home = homes.resolve("home");
    temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).isEmpty();
    }
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(temporary.toString()))
                .map(DemoIT::commandLine))
        .isEmpty();
  }

  @Test
  void saysWhatTheReadmeShows() throws Exception {
    try (LaunchedCommand demo = demo("--for", "2s")) {
      assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
      String said = demo.out();
      // What has no figure in it is the same everywhere.
      List<String> shown = readme().filter(line -> !line.matches(".*[0-9].*")).toList();
      assertThat(shown).hasSizeGreaterThan(8);
      assertThat(said.lines()).containsAll(shown);
    }
  }

  @Test
  void tellsScriptsWhatItMeasuredAndChecked() throws Exception {
    try (LaunchedCommand demo = demo("--json", "--for", "2s")) {
      assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
      String document = demo.out();
      assertThat(document.lines().filter(line -> line.contains("\"sameBytes\" : true"))).hasSize(3);
      assertThat(document.lines().filter(line -> line.contains("\"receiptHolds\" : true")))
          .hasSize(2);
      assertThat(number(document, "processesKilled")).isEqualTo(3);
      assertThat(number(document, "refusalsBeforeItsTime")).isBetween(1.0, 2.0);
      assertThat(number(document, "secondsAfterItsTime")).isNotNegative();
      assertThat(number(document, "bytesSearched")).isGreaterThan(10e6);
      assertThat(number(document, "secretsFound")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TERM, Alice sends bob two messages",
    "INT, Starting the service again,",
  })
  void anInterruptedOneLeavesNothing(String signal, String at) throws Exception {
    try (LaunchedCommand demo = demo("--for", "1s")) {
      demo.awaitOut(said -> said.contains(at));
      demo.signal(signal);
      assertThat(demo.exitCode()).as(demo.out() + demo.err()).isEqualTo(130);
      assertThat(demo.err()).contains("the demo was interrupted and leaves nothing behind");
    }
  }

  @Test
  void saysWhyTheServiceDoesNotStart() throws Exception {
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    // PostgreSQL's programs are longer than files may be here.
    command.add("ulimit -f 4096; exec \"$0\" demo --for 1s");
    command.add(ROOT.resolve("tidelock").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment());
    builder.environment().put("TIDELOCK_HOME", home.toString());
    assertThat(builder.start().waitFor()).as(Files.readString(err)).isEqualTo(1);
    assertThat(Files.readString(err))
        .contains("the demo's service does not start in " + temporary)
        .contains("see whether tidelock serve starts here");
  }

  private LaunchedCommand demo(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("demo"));
    words.addAll(Arrays.asList(options));
    return LaunchedCommand.start(home, environment(), "", words.toArray(String[]::new));
  }

  private Map<String, String> environment() {
    return Map.of("TIDELOCK_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
  }

  /** What the README shows of the demo's standard output. */
  private static Stream<String> readme() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    int begin = lines.indexOf("A FILE, LOCKED FOR A TIME");
    assertThat(begin).isPositive();
    return lines.subList(begin, lines.size()).stream()
        .takeWhile(line -> !line.equals("```"))
        .filter(line -> !line.startsWith("tidelock: "))
        // Whether the service is back before its message falls due depends on the machine.
        .filter(line -> !line.contains("Meanwhile") && !line.contains("Before its time"))
        .filter(line -> !line.isBlank());
  }

  private static double number(String document, String name) {
    Matcher value = Pattern.compile("\"%s\" : ([0-9.E-]+)".formatted(name)).matcher(document);
    assertThat(value.find()).as(document).isTrue();
    return Double.parseDouble(value.group(1));
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
