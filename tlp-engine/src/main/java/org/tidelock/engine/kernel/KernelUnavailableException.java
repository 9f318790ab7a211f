package org.tidelock.engine.kernel;

/** A kernel was asked for by name, or opened, where it cannot run. The message gives the remedy. */
public final class KernelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KernelUnavailableException(String kernel, KernelSupport.Unsupported why) {
    super("kernel %s cannot run here: %s; %s".formatted(kernel, why.reason(), why.remedy()));
  }
}
