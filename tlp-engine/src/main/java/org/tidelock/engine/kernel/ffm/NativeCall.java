package org.tidelock.engine.kernel.ffm;

/** What to make of a throwable that comes out of a call of native code. */
final class NativeCall {

  private NativeCall() {}

  /**
   * An exception to throw in place of {@code thrown}. Native code throws nothing: what arrives here
   * comes from checking the arguments, such as memory that was freed already.
   */
  static RuntimeException failed(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call failed", thrown);
  }
}
