package org.tidelock.bench.compare;

import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Something that squares a residue again and again modulo one number. Belongs to one thread.
 *
 * @param name unique within a comparison
 * @param family whose code it is
 * @param step counts of squarings are multiples of this
 * @param set replaces the residue
 * @param square squares it that many times
 * @param value the residue
 * @param release frees its memory
 */
record Contender(
    String name,
    Family family,
    long step,
    Consumer<BigInteger> set,
    LongConsumer square,
    Supplier<BigInteger> value,
    Runnable release)
    implements AutoCloseable {

  /** Whose code squares. */
  enum Family {
    TIDELOCK,
    GMP,
    OPENSSL,
    JAVA
  }

  @Override
  public void close() {
    release.run();
  }
}
