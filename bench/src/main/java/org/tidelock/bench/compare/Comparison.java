package org.tidelock.bench.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Samples;

/**
 * What was measured; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param libraries versions of the peers
 * @param rounds samples of each contender
 * @param sampleMillis about how long each sample took
 * @param nanosPerMultiplyAdd of the 52-bit multiplier at best; absent where the CPU has none
 * @param sizes the results by modulus length
 * @param leftOut what could not take part, and why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Comparison(
    Environment environment,
    List<String> libraries,
    int rounds,
    double sampleMillis,
    @Nullable Samples nanosPerMultiplyAdd,
    List<Size> sizes,
    List<String> leftOut) {

  /** Results at one modulus length, the fastest first. */
  record Size(int bits, List<Row> rows) {

    /** The row of that name. */
    Optional<Row> row(String name) {
      return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }
  }

  /**
   * One contender. Ratios are of minimums, and absent where there is nothing to compare with.
   *
   * @param nanosPerSquaring of wall time
   * @param timesGmpPowm how many times faster than GMP's mpz_powm with exponent 2^1000
   * @param timesOpenssl how many times faster than OpenSSL's BN_mod_mul_montgomery
   * @param timesBigInteger how many times faster than BigInteger.modPow with exponent 2^1000
   * @param multiplyAdds 52-bit multiply-adds it issues for a squaring
   * @param portBoundNanos what these take at least
   * @param overPortBound its time by that
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String name,
      Contender.Family family,
      Samples nanosPerSquaring,
      @Nullable Double timesGmpPowm,
      @Nullable Double timesOpenssl,
      @Nullable Double timesBigInteger,
      @Nullable Integer multiplyAdds,
      @Nullable Double portBoundNanos,
      @Nullable Double overPortBound) {}
}
