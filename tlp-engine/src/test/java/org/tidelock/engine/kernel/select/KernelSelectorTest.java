package org.tidelock.engine.kernel.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.jvm.BigIntegerKernel;

class KernelSelectorTest {

  /** A kernel for hardware nobody has. */
  private static final SquaringKernel ABSENT =
      new SquaringKernel() {
        @Override
        public String name() {
          return "quantum";
        }

        @Override
        public KernelSupport support(int modulusBits) {
          return new KernelSupport.Unsupported("the CPU has no qubits", "wait a few years");
        }

        @Override
        public KernelSession open(BigInteger modulus) {
          throw new AssertionError("opened though it cannot run");
        }
      };

  private final KernelSelector selector =
      new KernelSelector(List.of(ABSENT, new BigIntegerKernel()));

  @Test
  void leavesOutWhatCannotRunAndSaysWhy() {
    Selection selection = selector.select(512);

    assertThat(selection.chosen().name()).isEqualTo("biginteger");
    assertThat(selection.reason()).isEqualTo("the only kernel that runs here");
    assertThat(selection.candidates().getFirst())
        .isEqualTo(new Candidate.LeftOut(ABSENT, (KernelSupport.Unsupported) ABSENT.support(512)));
  }

  @Test
  void choosesOnceForALength() {
    assertThat(selector.select(512)).isSameAs(selector.select(512));
  }

  @Test
  void aForcedKernelFailsLoudlyWhereItCannotRun() {
    assertThatExceptionOfType(KernelUnavailableException.class)
        .isThrownBy(() -> selector.force("quantum", 2048))
        .withMessageContaining("the CPU has no qubits; wait a few years");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selector.force("fast", 2048))
        .withMessage("no kernel is named fast; there are quantum, biginteger");
  }

  @Test
  void aRecalledKernelThatIsGoneIsChosenAnew() {
    assertThat(selector.recall("quantum", 512, "it was fast").chosen().name())
        .isEqualTo("biginteger");
  }

  @Test
  void theKernelsOfThisBuildEndInOneThatRunsEverywhere() {
    assertThat(Kernels.all().getLast().support(2048)).isInstanceOf(KernelSupport.Supported.class);
  }
}
