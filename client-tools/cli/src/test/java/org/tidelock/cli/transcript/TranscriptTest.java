package org.tidelock.cli.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.engine.calibrate.CalibrationFile;
import org.tidelock.engine.calibrate.Calibrator;
import org.tidelock.engine.kernel.select.KernelSelector;

/** Plays every file in {@code src/test/resources/transcripts}. */
class TranscriptTest {

  @TempDir static Path shared;

  /** One calibration, hasty but valid, for all transcripts. */
  @BeforeAll
  static void calibrateOnce() throws IOException {
    Calibrator calibrator =
        new Calibrator(KernelSelector.ofAll(), ThisMachine.identity(), InstantSource.system());
    new CalibrationFile(ThisMachine.fileIn(shared))
        .write(calibrator.calibrate(Duration.ofMillis(10), rates -> {}));
  }

  static Stream<String> transcripts() throws URISyntaxException {
    try (Stream<Path> files = Files.list(resources())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void playsAsWritten(String name, @TempDir Path folder) throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.copy(ThisMachine.fileIn(shared), ThisMachine.fileIn(home));
    new TranscriptRunner(folder, Map.of("TIDELOCK_HOME", home.toString()))
        .play(Transcript.read(resources().resolve(name)));
  }

  private static Path resources() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(TranscriptTest.class.getResource("/transcripts")).toURI());
  }
}
