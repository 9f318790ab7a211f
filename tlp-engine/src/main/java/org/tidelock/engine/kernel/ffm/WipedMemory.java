package org.tidelock.engine.kernel.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The native memory of one session, overwritten before it is given back: making a puzzle computes
 * modulo the secret factors. Shared, so that a session may pass from one thread to another.
 */
final class WipedMemory implements AutoCloseable {

  private static final long CACHE_LINE = 64;

  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> allocated = new ArrayList<>();

  /** Memory of {@code words} words of 64 bits, zero, from a cache line's start. */
  MemorySegment allocate(long words) {
    MemorySegment segment = arena.allocate(words * Long.BYTES, CACHE_LINE);
    allocated.add(segment);
    return segment;
  }

  @Override
  public void close() {
    allocated.forEach(segment -> segment.fill((byte) 0));
    arena.close();
  }
}
