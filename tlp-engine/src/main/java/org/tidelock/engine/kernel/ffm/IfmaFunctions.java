package org.tidelock.engine.kernel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The native functions for one size of number: see {@code ifma/tlk_ifma.h}. */
final class IfmaFunctions {

  private final MethodHandle square;
  private final MethodHandle multiply;

  private IfmaFunctions(NativeLibrary library, IfmaSize size) {
    square = library.function(size.squareFunction(), JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    multiply = library.procedure(size.multiplyFunction(), ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  }

  /**
   * The functions for {@code size}.
   *
   * @throws IllegalStateException if the library is not loaded
   */
  static IfmaFunctions of(IfmaSize size) {
    return Objects.requireNonNull(Once.BY_SIZE.get(size));
  }

  /** Squares {@code x} in place; returns how many squarings took the slow path. */
  long square(MemorySegment x, MemorySegment tables, long count) {
    try {
      return (long) square.invokeExact(x, tables, count);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  void multiply(MemorySegment result, MemorySegment a, MemorySegment b, MemorySegment tables) {
    try {
      multiply.invokeExact(result, a, b, tables);
    } catch (Throwable e) {
      throw NativeCall.failed(e);
    }
  }

  /** Linked when the first session opens, which happens only where the library is loaded. */
  private static final class Once {

    static final Map<IfmaSize, IfmaFunctions> BY_SIZE = link();

    private static Map<IfmaSize, IfmaFunctions> link() {
      NativeLibrary library =
          switch (NativeLibrary.outcome()) {
            case NativeOutcome.Loaded(NativeLibrary loaded) -> loaded;
            case NativeOutcome.Absent absent -> throw new IllegalStateException(absent.reason());
          };
      Map<IfmaSize, IfmaFunctions> functions = new EnumMap<>(IfmaSize.class);
      for (IfmaSize size : IfmaSize.values()) {
        functions.put(size, new IfmaFunctions(library, size));
      }
      return functions;
    }
  }
}
