package org.tidelock.cli.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.tidelock.engine.solve.StopSignal;

/** A stream that refuses to go on once the command has been asked to stop. */
public final class StoppableOutput extends FilterOutputStream {

  private final StopSignal stop;

  public StoppableOutput(OutputStream out, StopSignal stop) {
    super(out);
    this.stop = stop;
  }

  @Override
  public void write(int value) throws IOException {
    requireGoingOn();
    out.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireGoingOn();
    out.write(bytes, offset, length);
  }

  private void requireGoingOn() throws InterruptedIOException {
    if (stop.requested()) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
