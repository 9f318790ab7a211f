package org.tidelock.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.engine.kernel.select.KernelSelector;

class ChainTest {

  @TempDir Path folder;

  @Test
  void bothSidesReachTheSameNumberAndLeaveNoFiles() throws Exception {
    Random random = new Random(1);
    BigInteger modulus =
        BigInteger.probablePrime(512, random).multiply(BigInteger.probablePrime(512, random));
    Chain chain =
        new Chain(KernelSelector.ofAll().force("biginteger", 1024), modulus, 20_000, 3_000, random);

    Cost bare = chain.bare();
    Cost solved = chain.solved(folder);

    chain.requireAgreement();
    assertThat(bare.cpuNanos()).isPositive();
    assertThat(solved.wallNanos()).isPositive();
    assertThat(chain.checkpointsSaved()).isPositive();
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
