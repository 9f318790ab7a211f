package org.tidelock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's tour as it stands there: every line that begins with {@code $}. */
class ReadmeIT {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final String ASKS_EXIT_CODE = "echo $?";

  /** Another service may run on this machine; the tour asks its own where it is. */
  private static final String ANY_PORT =
      """
      export TIDELOCK_PORT=0 TIDELOCK_OPERATIONS_PORT=0 TIDELOCK_INTROSPECTION_PORT=0
      export TIDELOCK_KEY_SERVER_PORT=0 TIDELOCK_KEY_SERVER_OPERATIONS_PORT=0
      """;

  private static final String NO_SERVICE_STAYS =
      """
      trap '[ -z "${service:-}" ] || kill "$service" 2> /dev/null' EXIT
      """;

  /** The README's reader has a JDK 25, whatever else is on this machine. */
  private static final String OUR_JAVA =
      "export PATH='" + Path.of(System.getProperty("java.home"), "bin") + "':\"$PATH\"\n";

  @TempDir Path folder;

  private record Step(String command, int expectedExit) {}

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyCommandOfTheTourEndsAsTheReadmeSays() throws Exception {
    List<Step> tour = tour();
    assertThat(tour).hasSizeGreaterThan(8);
    Path transcript = folder.resolve("transcript");
    Process shell =
        new ProcessBuilder("env", "--default-signal=INT", "sh", script(tour).toString())
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(transcript.toFile())
            .start();
    shell.getOutputStream().close();
    shell.waitFor();
    String said = Files.readString(transcript);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < tour.size(); i++) {
      expected.add("step %d ended with %d".formatted(i, tour.get(i).expectedExit()));
    }
    assertThat(said.lines().filter(line -> line.matches("step \\d+ ended with \\d+")))
        .as(said)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void theJavaExampleIsTheProgramThatTheTourRuns() throws IOException {
    String program = Files.readString(ROOT.resolve("docs/examples/ScheduleDelivery.java"));
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + program + "```");
    assertThat(tour().stream().map(Step::command))
        .anyMatch(command -> command.contains(" ScheduleDelivery.java"));
  }

  private Path script(List<Step> tour) throws IOException {
    StringBuilder script = new StringBuilder();
    script.append("export HOME='%s'\nunset TIDELOCK_HOME\n".formatted(folder));
    script.append(OUR_JAVA);
    script.append(ANY_PORT);
    script.append(NO_SERVICE_STAYS);
    for (int i = 0; i < tour.size(); i++) {
      script.append(tour.get(i).command()).append('\n');
      script.append("echo \"step %d ended with $?\"\n".formatted(i));
    }
    return Files.writeString(folder.resolve("tour.sh"), script, StandardCharsets.UTF_8);
  }

  /** The commands in order; a line that asks for the exit code says the one before's. */
  private static List<Step> tour() throws IOException {
    List<Step> steps = new ArrayList<>();
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    for (int i = lines.indexOf("## A tour of five minutes"); i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.equals("$ " + ASKS_EXIT_CODE)) {
        Step last = steps.removeLast();
        steps.add(new Step(last.command(), Integer.parseInt(lines.get(i + 1).strip())));
      } else if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), 0));
      }
    }
    return steps;
  }
}
