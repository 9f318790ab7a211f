package org.tidelock.engine.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativePermissionTest {

  @Test
  void allowsUnlessTold() {
    assertThat(NativePermission.refusal("TIDELOCK_NATIVE", null)).isEmpty();
    assertThat(NativePermission.refusal("TIDELOCK_NATIVE", "")).isEmpty();
    assertThat(NativePermission.refusal("TIDELOCK_NATIVE", "on")).isEmpty();
  }

  @Test
  void refusesWhereSwitchedOff() {
    assertThat(NativePermission.refusal("TIDELOCK_NATIVE", "off").orElseThrow().reason())
        .isEqualTo("native code is switched off (TIDELOCK_NATIVE=off)");
  }

  @Test
  void refusesAValueItDoesNotKnowAndSaysSo() {
    var refusal = NativePermission.refusal("TIDELOCK_NATIVE", "fo").orElseThrow();
    assertThat(refusal.reason()).isEqualTo("TIDELOCK_NATIVE=fo is neither on nor off");
    assertThat(refusal.remedy()).isEqualTo("set it to on or off");
  }
}
