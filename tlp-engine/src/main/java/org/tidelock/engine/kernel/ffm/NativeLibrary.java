package org.tidelock.engine.kernel.ffm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Absent;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Loaded;

/**
 * libtidelock, loaded into this process: our kernels in C and assembly.
 *
 * <p>Loaded at most once, on the first call of {@link #outcome}, from the jar's {@code
 * META-INF/native/<os>-<arch>/}, and never unloaded. Safe for use by many threads. Prints nothing.
 */
@SuppressWarnings("restricted") // Native access is what this class is for; see NativePermission.
final class NativeLibrary {

  /** {@code TLK_ABI_VERSION} in {@code tidelock_kernel.h}. */
  private static final int ABI_VERSION = 1;

  private static final long CPU_BMI2_ADX = 1;
  private static final long CPU_AVX512_IFMA = 2;

  private final SymbolLookup symbols;
  private final long cpuFeatures;

  private NativeLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    this.cpuFeatures = callLong(function("tlk_cpu_features", ValueLayout.JAVA_LONG));
  }

  /** The library, or why there is none: the same answer for the life of the process. */
  static NativeOutcome outcome() {
    return Once.OUTCOME;
  }

  /** Whether CPU and operating system let kernels use mulx, adcx and adox. */
  boolean hasBmi2Adx() {
    return (cpuFeatures & CPU_BMI2_ADX) != 0;
  }

  /** Whether CPU and operating system let kernels use AVX-512 with IFMA, and BMI2. */
  boolean hasAvx512Ifma() {
    return (cpuFeatures & CPU_AVX512_IFMA) != 0;
  }

  /** A function of the library that returns {@code result}. */
  MethodHandle function(String name, ValueLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments));
  }

  /** A function of the library that returns nothing. */
  MethodHandle procedure(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.ofVoid(arguments));
  }

  static NativeOutcome load(String platform, Path temporaryDirectory) {
    Optional<PackedLibrary> packed;
    try {
      packed = PackedLibrary.find(platform);
    } catch (IOException e) {
      return new Absent("the packed libtidelock cannot be read: " + e, "install Tidelock again");
    }
    return packed
        .map(library -> load(library, temporaryDirectory))
        .orElseGet(
            () ->
                new Absent(
                    "no native kernels are packed for " + platform,
                    "on Linux x86_64, build Tidelock where gcc or clang is installed"));
  }

  static NativeOutcome load(PackedLibrary packed, Path temporaryDirectory) {
    if (!packed.matches(packed.content())) {
      return new Absent(
          "the packed libtidelock is damaged (its SHA-256 is not " + packed.sha256() + ")",
          "install Tidelock again");
    }
    try (PrivateCopy copy = PrivateCopy.create(packed, temporaryDirectory)) {
      return link(copy.file());
    } catch (IOException e) {
      return new Absent(
          "libtidelock cannot be unpacked: %s: %s"
              .formatted(e.getClass().getSimpleName(), e.getMessage()),
          "let -Djava.io.tmpdir name a directory that only you can write to");
    }
  }

  private static NativeOutcome link(Path file) {
    SymbolLookup symbols;
    try {
      symbols = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalCallerException e) {
      return NativePermission.denied();
    } catch (IllegalArgumentException e) {
      return new Absent(
          "the system's loader refuses libtidelock: " + e.getMessage(),
          "let -Djava.io.tmpdir name a directory from which programs may run");
    }
    int version = abiVersion(symbols);
    if (version != ABI_VERSION) {
      return new Absent(
          "libtidelock has ABI version %d, expected %d".formatted(version, ABI_VERSION),
          "build Tidelock again from clean (mvn clean verify)");
    }
    return new Loaded(new NativeLibrary(symbols));
  }

  /** The version the library names, or -1 if it names none. */
  private static int abiVersion(SymbolLookup symbols) {
    return symbols
        .find("tlk_abi_version")
        .map(
            address ->
                Linker.nativeLinker()
                    .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT)))
        .map(NativeLibrary::callInt)
        .orElse(-1);
  }

  private MethodHandle link(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(
            symbols
                .find(name)
                .orElseThrow(() -> new IllegalStateException("libtidelock lacks " + name)),
            descriptor);
  }

  private static int callInt(MethodHandle function) {
    try {
      return (int) function.invokeExact();
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  private static long callLong(MethodHandle function) {
    try {
      return (long) function.invokeExact();
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** Loaded by the class loader's own lock, so that no thread sees it half done. */
  private static final class Once {

    static final NativeOutcome OUTCOME =
        NativePermission.refusal()
            .<NativeOutcome>map(refusal -> refusal)
            .orElseGet(
                () ->
                    load(
                        PackedLibrary.currentPlatform(),
                        Path.of(System.getProperty("java.io.tmpdir"))));
  }
}
