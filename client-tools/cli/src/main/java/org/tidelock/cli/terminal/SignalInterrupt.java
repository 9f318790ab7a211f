package org.tidelock.cli.terminal;

/**
 * Turns a signal into an interrupt of the thread that makes this, until it is closed: for commands
 * that wait for a server and then have something to say of how far they came.
 */
public final class SignalInterrupt implements AutoCloseable {

  private final Interruption interruption;
  private final Thread waiting;

  public SignalInterrupt(Interruption interruption) {
    this.interruption = interruption;
    interruption.commandDecidesEnd();
    Thread working = Thread.currentThread();
    this.waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    interruption.awaitSignal();
                    working.interrupt();
                  } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  /** Whether the signal came; the thread is not interrupted any more then. */
  public boolean came() {
    boolean came = Thread.interrupted();
    return came || interruption.stop().requested();
  }

  @Override
  public void close() {
    waiting.interrupt();
  }
}
