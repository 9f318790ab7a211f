package org.tidelock.engine.solve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Turns positions into progress events, at most four a second, with a rate over half a minute. */
final class ProgressMeter {

  private static final long EVENT_NANOS = 250_000_000;
  private static final long WINDOW_NANOS = 30_000_000_000L;

  private record Mark(long nanos, long position) {}

  private final long squarings;
  private final String kernel;
  private final SolveListener listener;
  private final Deque<Mark> marks = new ArrayDeque<>();

  private long begun;
  private long lastEvent;
  private long verified;
  private int errorsCaught;

  ProgressMeter(long squarings, String kernel, SolveListener listener) {
    this.squarings = squarings;
    this.kernel = kernel;
    this.listener = listener;
  }

  void begin(long position, int errorsCaughtBefore) {
    begun = System.nanoTime();
    lastEvent = begun;
    verified = position;
    errorsCaught = errorsCaughtBefore;
    marks.add(new Mark(begun, position));
  }

  void verified(long position) {
    verified = position;
    reached(position);
  }

  void rolledBack(int errorsCaughtNow) {
    errorsCaught = errorsCaughtNow;
    marks.clear();
    marks.add(new Mark(System.nanoTime(), verified));
  }

  void reached(long position) {
    long now = System.nanoTime();
    if (now - lastEvent < EVENT_NANOS && position < squarings) {
      return;
    }
    lastEvent = now;
    marks.add(new Mark(now, position));
    while (marks.size() > 2 && now - marks.getFirst().nanos() > WINDOW_NANOS) {
      marks.removeFirst();
    }
    listener.on(
        new SolveEvent.Progressed(
            new SolveProgress(
                position, verified, squarings, rate(), elapsed(), errorsCaught, kernel)));
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private double rate() {
    Mark first = marks.getFirst();
    Mark last = marks.getLast();
    long nanos = last.nanos() - first.nanos();
    return nanos > 0 ? Math.max(0, (last.position() - first.position()) * 1e9 / nanos) : 0;
  }
}
