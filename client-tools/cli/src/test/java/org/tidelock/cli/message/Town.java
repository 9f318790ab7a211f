package org.tidelock.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.service.LaunchedCommand;
import org.tidelock.engine.calibrate.CalibrationFile;
import org.tidelock.engine.calibrate.Calibrator;
import org.tidelock.engine.kernel.select.KernelSelector;

/** A service as it is run, and the homes of people who use it by the real launcher. */
final class Town implements AutoCloseable {

  static final String PASSWORD = "correct horse battery";

  private final Path folder;
  private final Path calibration;
  private final LaunchedCommand service;
  private final String address;

  private Town(Path folder, Path calibration, LaunchedCommand service, String address) {
    this.folder = folder;
    this.calibration = calibration;
    this.service = service;
    this.address = address;
  }

  /** How a command ended. */
  record Ended(int exitCode, String out, String err) {

    /** The value of a field of the document. */
    String field(String name) {
      Matcher value = Pattern.compile("\"%s\" ?: ?\"?([^\",\\n]+)".formatted(name)).matcher(out);
      assertThat(value.find()).as(out + err).isTrue();
      return value.group(1);
    }

    Ended with(int expected) {
      assertThat(exitCode).as(out + err).isEqualTo(expected);
      return this;
    }
  }

  static Town served(Path folder) throws Exception {
    Path calibration = folder.resolve("calibration.json");
    new CalibrationFile(calibration)
        .write(
            new Calibrator(KernelSelector.ofAll(), ThisMachine.identity(), InstantSource.system())
                .calibrate(Duration.ofMillis(10), rates -> {}));
    LaunchedCommand service =
        LaunchedCommand.start(
            Files.createDirectory(folder.resolve("operator")),
            Map.of(),
            "",
            "serve",
            "--json",
            "--port=0",
            "--operations-port=0",
            "--introspection-port=0",
            "--key-server-port=0",
            "--key-server-operations-port=0");
    String said = service.awaitOut(out -> out.contains("\n"));
    return new Town(folder, calibration, service, new Ended(0, said, "").field("address"));
  }

  /** The service's address. */
  String address() {
    return address;
  }

  /** A home that belongs to nobody yet, on a machine whose speed is known. */
  Path home(String name) throws IOException {
    Path home = Files.createDirectory(folder.resolve(name));
    Files.copy(calibration, ThisMachine.fileIn(home));
    return home;
  }

  /** The home of somebody who registers. */
  Path register(String name) throws Exception {
    Path home = home(name);
    done(home, PASSWORD, "register", name, "--mail=" + name + "@example.org", "--password-stdin");
    Matcher code =
        Pattern.compile("to %s@example.org.*\\n.*code is ([0-9]{8})".formatted(name))
            .matcher(service.out());
    assertThat(code.find()).isTrue();
    done(home, "", "register", "--code=" + code.group(1));
    return home;
  }

  /** Starts a command. */
  LaunchedCommand start(Path home, String input, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add("--json");
    return LaunchedCommand.start(
        home, Map.of("TIDELOCK_SERVER", address), input, words.toArray(String[]::new));
  }

  /** Runs a command to its end. */
  Ended call(Path home, String input, String... arguments) throws Exception {
    try (LaunchedCommand command = start(home, input, arguments)) {
      int exitCode = command.exitCode();
      return new Ended(exitCode, command.out(), command.err());
    }
  }

  /** Runs a command that is to succeed. */
  Ended done(Path home, String input, String... arguments) throws Exception {
    return call(home, input, arguments).with(0);
  }

  /** Ends the service. */
  void stop() throws IOException {
    service.close();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
