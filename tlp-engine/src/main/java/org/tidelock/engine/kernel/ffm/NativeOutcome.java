package org.tidelock.engine.kernel.ffm;

import org.tidelock.engine.kernel.KernelSupport;

/** What became of loading libtidelock. */
sealed interface NativeOutcome {

  /** It is loaded and speaks this program's ABI. */
  record Loaded(NativeLibrary library) implements NativeOutcome {}

  /**
   * It is not there; the Java kernels have to do.
   *
   * @param reason what is missing or was refused
   * @param remedy what a user can do about it
   */
  record Absent(String reason, String remedy) implements NativeOutcome {

    KernelSupport.Unsupported unsupported() {
      return new KernelSupport.Unsupported(reason, remedy);
    }
  }
}
