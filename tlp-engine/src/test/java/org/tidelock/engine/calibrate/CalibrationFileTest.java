package org.tidelock.engine.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.kernel.jvm.BigIntegerKernel;
import org.tidelock.engine.kernel.select.KernelSelector;

class CalibrationFileTest {

  private static final Machine MACHINE = new Machine("a CPU", "a JDK", "1", "ifma gmp");
  private static final Calibration CALIBRATION =
      new Calibration(
          MACHINE,
          Instant.parse("2026-11-01T12:00:00Z"),
          List.of(
              new KernelRate("ifma", 2048, 7_500_000, 0.02, true, "fastest here"),
              new KernelRate("gmp", 2048, 0, 0, false, "libgmp is not installed")));

  @TempDir Path home;

  @Test
  void givesBackWhatWasWritten() throws IOException {
    CalibrationFile file = new CalibrationFile(home.resolve("new/calibration.json"));
    file.write(CALIBRATION);
    file.write(CALIBRATION);

    assertThat(file.read(MACHINE)).isEqualTo(new CalibrationFile.Read.Valid(CALIBRATION));
    assertThat(home.resolve("new")).isDirectoryContaining("glob:**/calibration.json");
    assertThat(home.resolve("new").toFile().list()).hasSize(1);
  }

  @Test
  void isStaleWhereCpuJdkVersionOrKernelsChanged() throws IOException {
    CalibrationFile file = new CalibrationFile(home.resolve("calibration.json"));
    file.write(CALIBRATION);

    assertThat(reason(file.read(new Machine("another CPU", "a JDK", "1", "ifma gmp"))))
        .contains("changed");
    assertThat(reason(file.read(new Machine("a CPU", "another JDK", "1", "ifma gmp"))))
        .contains("changed");
    assertThat(reason(file.read(new Machine("a CPU", "a JDK", "2", "ifma gmp"))))
        .contains("changed");
    assertThat(reason(file.read(new Machine("a CPU", "a JDK", "1", "ifma")))).contains("changed");
  }

  @Test
  void saysWhereThereIsNone() {
    assertThat(reason(new CalibrationFile(home.resolve("none")).read(MACHINE)))
        .contains("not calibrated yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"format\":\"tidelock-calibration/1\"}",
        "{\"format\":\"tidelock-calibration/1\",\"format\":\"tidelock-calibration/1\"}",
        "{\"format\":\"tidelock-calibration/1\",\"cpu\":\"c\",\"jdk\":\"j\",\"version\":\"1\",\"kernels\":\"k\",\"measuredAt\":\"2026-11-01T12:00:00Z\",\"rates\":[]}",
        "{\"format\":\"tidelock-calibration/1\",\"cpu\":\"c\",\"jdk\":\"j\",\"version\":\"1\",\"kernels\":\"k\",\"measuredAt\":\"soon\",\"rates\":[{\"kernel\":\"k\",\"bits\":2048,\"squaringsPerSecond\":1,\"spread\":0,\"chosen\":true,\"reason\":\"\"}]}",
        "{\"format\":\"tidelock-calibration/1\",\"cpu\":\"c\",\"jdk\":\"j\",\"version\":\"1\",\"kernels\":\"k\",\"measuredAt\":\"2026-11-01T12:00:00Z\",\"rates\":[{\"kernel\":\"k\",\"bits\":-1,\"squaringsPerSecond\":1e400,\"spread\":0,\"chosen\":true,\"reason\":\"\"}]}"
      })
  void refusesWhatIsNoCalibration(String content) throws IOException {
    Path path = Files.writeString(home.resolve("calibration.json"), content);

    assertThat(reason(new CalibrationFile(path).read(MACHINE))).contains("cannot be read");
  }

  @Test
  void refusesAHugeFile() throws IOException {
    Path path = Files.write(home.resolve("calibration.json"), new byte[2 << 20]);

    assertThat(reason(new CalibrationFile(path).read(MACHINE))).contains("at most");
  }

  @Test
  void measuresEveryKernelAtEverySizeAndChoosesOneEach() {
    List<KernelRate> told = new ArrayList<>();
    KernelSelector selector = new KernelSelector(List.of(new BigIntegerKernel()));
    Calibration calibration =
        new Calibrator(selector, MACHINE, InstantSource.fixed(CALIBRATION.measuredAt()))
            .calibrate(Duration.ofMillis(10), told::addAll);

    assertThat(told).isEqualTo(calibration.rates());
    assertThat(calibration.rates().stream().map(KernelRate::bits))
        .containsExactlyElementsOf(Calibration.SIZES);
    assertThat(calibration.rates()).allMatch(KernelRate::chosen);
    assertThat(calibration.thisMachine().nanosPerSquaring().keySet())
        .containsExactlyElementsOf(Calibration.SIZES);
    assertThat(calibration.select(selector, 2048).chosen().name()).isEqualTo("biginteger");
  }

  private static String reason(CalibrationFile.Read read) {
    return ((CalibrationFile.Read.Unusable) read).reason();
  }
}
