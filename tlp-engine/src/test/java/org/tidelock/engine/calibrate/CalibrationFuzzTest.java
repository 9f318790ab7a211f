package org.tidelock.engine.calibrate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Hostile text gives a calibration that survives being written and read, or a refusal. */
class CalibrationFuzzTest {

  @FuzzTest(maxDuration = "3s")
  void readsOrRefuses(byte[] input) throws IOException {
    Calibration calibration;
    try {
      calibration = CalibrationFile.decode(input);
    } catch (IOException | IllegalArgumentException refused) {
      return;
    }
    if (!CalibrationFile.decode(CalibrationFile.encode(calibration)).equals(calibration)) {
      throw new AssertionError("changed by writing: " + calibration);
    }
    if (!(calibration.thisMachine().nanosAt(2048) > 0)) {
      throw new AssertionError("no speed: " + calibration);
    }
  }
}
