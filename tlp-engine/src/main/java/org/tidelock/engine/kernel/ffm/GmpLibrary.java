package org.tidelock.engine.kernel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Absent;

/**
 * The system's libgmp, loaded where it is installed and never shipped: the few functions of its
 * public, documented interface that {@link GmpKernel} needs.
 *
 * <p>Numbers are {@code mpz_t} in memory that the caller owns, {@link #NUMBER} in layout, between
 * {@link #init} and {@link #clear}. Safe for use by many threads on different numbers. libgmp ends
 * the process when memory runs out or a divisor is zero.
 */
@SuppressWarnings("restricted") // Native access is what this class is for; see NativePermission.
final class GmpLibrary {

  /** {@code mpz_t} on 64-bit systems: limbs allocated, limbs used, address of the limbs. */
  static final MemoryLayout NUMBER =
      MemoryLayout.structLayout(
          JAVA_INT.withName("alloc"), JAVA_INT.withName("size"), ADDRESS.withName("limbs"));

  /** The name by which the system finds the library: version 10 of its interface, since GMP 5. */
  private static final String FILE_NAME = "libgmp.so.10";

  private static final int MOST_SIGNIFICANT_FIRST = 1;

  private final MethodHandle init;
  private final MethodHandle clear;
  private final MethodHandle assign;
  private final MethodHandle assignSmall;
  private final MethodHandle setBit;
  private final MethodHandle flipBit;
  private final MethodHandle bitLength;
  private final MethodHandle multiply;
  private final MethodHandle reduce;
  private final MethodHandle power;
  private final MethodHandle importBytes;
  private final MethodHandle exportBytes;

  private GmpLibrary(SymbolLookup symbols) {
    init = link(symbols, "init2", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
    clear = link(symbols, "clear", FunctionDescriptor.ofVoid(ADDRESS));
    assign = link(symbols, "set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    assignSmall = link(symbols, "set_ui", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
    setBit = link(symbols, "setbit", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
    flipBit = link(symbols, "combit", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
    bitLength = link(symbols, "sizeinbase", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
    multiply = link(symbols, "mul", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    reduce = link(symbols, "mod", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    power = link(symbols, "powm", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    importBytes =
        link(
            symbols,
            "import",
            FunctionDescriptor.ofVoid(
                ADDRESS, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS));
    exportBytes =
        link(
            symbols,
            "export",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS));
  }

  /** What became of looking for libgmp: the same answer for the life of the process. */
  static Outcome outcome() {
    return Once.OUTCOME;
  }

  sealed interface Outcome {

    record Loaded(GmpLibrary library) implements Outcome {}

    record Missing(Absent why) implements Outcome {}
  }

  /** Makes {@code number} a number, 0, with room for {@code bits} bits. */
  void init(MemorySegment number, long bits) {
    try {
      init.invokeExact(number, bits);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** Frees what {@code number} holds: it is no number any more. */
  void clear(MemorySegment number) {
    try {
      clear.invokeExact(number);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** {@code target <- source}. */
  void assign(MemorySegment target, MemorySegment source) {
    try {
      assign.invokeExact(target, source);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** {@code target <- 2^exponent}. */
  void assignPowerOfTwo(MemorySegment target, long exponent) {
    try {
      assignSmall.invokeExact(target, 0L);
      setBit.invokeExact(target, exponent);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** Complements one bit. */
  void flipBit(MemorySegment number, long bit) {
    try {
      flipBit.invokeExact(number, bit);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** {@code target <- a b mod modulus}. All may be the same number but for the modulus. */
  void multiplyMod(MemorySegment target, MemorySegment a, MemorySegment b, MemorySegment modulus) {
    try {
      multiply.invokeExact(target, a, b);
      reduce.invokeExact(target, target, modulus);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** {@code target <- base^exponent mod modulus}. Target and base may be the same number. */
  void powerMod(
      MemorySegment target, MemorySegment base, MemorySegment exponent, MemorySegment modulus) {
    try {
      power.invokeExact(target, base, exponent, modulus);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** {@code target <-} the unsigned big-endian number that fills {@code bytes}. */
  void read(MemorySegment target, MemorySegment bytes) {
    try {
      importBytes.invokeExact(
          target, bytes.byteSize(), MOST_SIGNIFICANT_FIRST, 1L, MOST_SIGNIFICANT_FIRST, 0L, bytes);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /**
   * Writes {@code number} unsigned and big-endian to the start of {@code bytes}.
   *
   * @return how many bytes it took
   * @throws IllegalStateException if it needs more bytes than there are
   */
  int write(MemorySegment number, MemorySegment bytes) {
    try {
      long needed = ((long) bitLength.invokeExact(number, 2) + 7) / 8;
      if (needed > bytes.byteSize()) {
        throw new IllegalStateException(
            "number takes %d bytes; at most %d expected".formatted(needed, bytes.byteSize()));
      }
      bytes.fill((byte) 0); // 0 is written as no byte at all.
      MemorySegment written =
          (MemorySegment)
              exportBytes.invokeExact(
                  bytes,
                  MemorySegment.NULL,
                  MOST_SIGNIFICANT_FIRST,
                  1L,
                  MOST_SIGNIFICANT_FIRST,
                  0L,
                  number);
      return written.equals(MemorySegment.NULL) ? 0 : (int) needed;
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  private static MethodHandle link(
      SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow("__gmpz_" + name), descriptor);
  }

  private static Outcome load() {
    var refusal = NativePermission.refusal();
    if (refusal.isPresent()) {
      return new Outcome.Missing(refusal.get());
    }
    if (ADDRESS.byteSize() != JAVA_LONG.byteSize()) {
      return new Outcome.Missing(
          new Absent("this JVM does not use 64-bit addresses", "run it on a 64-bit JVM"));
    }
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(FILE_NAME, Arena.global());
      return new Outcome.Loaded(new GmpLibrary(symbols));
    } catch (IllegalCallerException e) {
      return new Outcome.Missing(NativePermission.denied());
    } catch (IllegalArgumentException e) {
      return new Outcome.Missing(
          new Absent(
              "the system has no " + FILE_NAME,
              "install libgmp (on Debian and Ubuntu: apt install libgmp10)"));
    } catch (NoSuchElementException e) {
      return new Outcome.Missing(
          new Absent(
              "the system's " + FILE_NAME + " lacks a function: " + e.getMessage(),
              "install libgmp 5 or newer"));
    }
  }

  private static final class Once {

    static final Outcome OUTCOME = load();
  }
}
