package org.tidelock.engine.lockfile;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Remembers that the stream below failed, so that a broken pipe is not taken for a damaged file.
 */
final class SourceInputStream extends FilterInputStream {

  private Optional<IOException> failure = Optional.empty();

  SourceInputStream(InputStream in) {
    super(in);
  }

  /** Throws what the stream below threw, if it did. */
  void rethrow() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return in.read(target, offset, length);
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }
}
