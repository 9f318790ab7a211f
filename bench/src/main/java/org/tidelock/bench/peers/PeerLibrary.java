package org.tidelock.bench.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code libpeers}: GMP, OpenSSL, and the speed limit of the 52-bit multiplier. Stays loaded to the
 * end of the process. {@code peers.h} says what each function does.
 */
@SuppressWarnings("restricted") // Reaching native code is what this class is for.
public final class PeerLibrary {

  /** Counts of {@link #multiplyAdds} are multiples of this. */
  public static final int MULTIPLY_ADD_STEP = 96;

  private static final AddressLayout TEXT =
      ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(1024, JAVA_BYTE));

  private final MethodHandle open;
  private final MethodHandle set;
  private final MethodHandle square;
  private final MethodHandle get;
  private final MethodHandle close;
  private final MethodHandle gmpPower;
  private final MethodHandle gmpVersion;
  private final MethodHandle opensslVersion;
  private final MethodHandle hasIfma;
  private final MethodHandle multiplyAdds;

  /**
   * Loads the library.
   *
   * @throws IllegalStateException if it or one of its functions is missing
   */
  public PeerLibrary(Path file) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN || ADDRESS.byteSize() != 8) {
      throw new IllegalStateException("libpeers is for 64-bit little-endian machines");
    }
    SymbolLookup symbols;
    try {
      symbols = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s does not load; remove it and run the command again".formatted(file), e);
    }
    open = link(symbols, "open", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG));
    set = link(symbols, "set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    square = link(symbols, "square", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
    get = link(symbols, "get", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    close = link(symbols, "close", FunctionDescriptor.ofVoid(ADDRESS));
    gmpPower =
        link(
            symbols,
            "gmp_power",
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    gmpVersion = link(symbols, "gmp_version", FunctionDescriptor.of(TEXT));
    opensslVersion = link(symbols, "openssl_version", FunctionDescriptor.of(TEXT));
    hasIfma = link(symbols, "has_ifma", FunctionDescriptor.of(JAVA_INT));
    multiplyAdds = link(symbols, "multiply_adds", FunctionDescriptor.ofVoid(JAVA_LONG));
  }

  /** A chain modulo an odd number, or nothing where the library at hand lacks the method. */
  public Optional<Peer> open(Peer.Method method, BigInteger modulus) {
    int limbs = Limbs.count(modulus.bitLength());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment n = Limbs.of(modulus, limbs, arena);
      MemorySegment chain = (MemorySegment) open.invokeExact(method.code(), n, (long) limbs);
      return chain.equals(MemorySegment.NULL)
          ? Optional.empty()
          : Optional.of(new Peer(this, method, chain, limbs));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** {@code base^exponent mod modulus} by {@code mpz_powm}, none longer than the modulus. */
  public BigInteger gmpPower(BigInteger base, BigInteger exponent, BigInteger modulus) {
    int limbs = Limbs.count(modulus.bitLength());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = Limbs.empty(limbs, arena);
      gmpPower.invokeExact(
          result,
          Limbs.of(base, limbs, arena),
          Limbs.of(exponent, limbs, arena),
          Limbs.of(modulus, limbs, arena),
          (long) limbs);
      return Limbs.toBigInteger(result);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The version of the GMP loaded, such as {@code 6.2.1}. */
  public String gmpVersion() {
    return text(gmpVersion);
  }

  /** The name and version of the OpenSSL loaded. */
  public String opensslVersion() {
    return text(opensslVersion);
  }

  /** Whether the CPU has AVX-512 IFMA, without which {@link #multiplyAdds} crashes. */
  public boolean hasIfma() {
    try {
      return (int) hasIfma.invokeExact() != 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Issues {@code count} independent 52-bit multiply-adds on eight lanes each. */
  public void multiplyAdds(long count) {
    if (count < 0 || count % MULTIPLY_ADD_STEP != 0) {
      throw new IllegalArgumentException(
          "%d multiply-adds; a multiple of %d required".formatted(count, MULTIPLY_ADD_STEP));
    }
    try {
      multiplyAdds.invokeExact(count);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void set(MemorySegment chain, MemorySegment number) {
    try {
      set.invokeExact(chain, number);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void square(MemorySegment chain, long count) {
    try {
      square.invokeExact(chain, count);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void get(MemorySegment chain, MemorySegment number) {
    try {
      get.invokeExact(chain, number);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void close(MemorySegment chain) {
    try {
      close.invokeExact(chain);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static String text(MethodHandle function) {
    try {
      return ((MemorySegment) function.invokeExact()).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static MethodHandle link(
      SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
    MemorySegment function =
        symbols
            .find("peers_" + name)
            .orElseThrow(() -> new IllegalStateException("libpeers has no peers_" + name));
    return Linker.nativeLinker().downcallHandle(function, descriptor);
  }

  /** Native code throws nothing: what arrives here comes from checking the arguments. */
  private static RuntimeException failed(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call failed", thrown);
  }
}
