package org.tidelock.server.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.tidelock.server.release.Uptime;

/** A clock that goes on only when a test moves it, and the machine's uptime with it. */
public final class MovedClock implements InstantSource, Uptime {

  private record State(Instant now, Duration ran) {}

  private final AtomicReference<State> state =
      new AtomicReference<>(new State(Instant.parse("2026-11-01T12:00:00Z"), Duration.ofHours(1)));

  @Override
  public Instant instant() {
    return state.get().now;
  }

  public void move(Duration step) {
    state.updateAndGet(before -> new State(before.now.plus(step), before.ran.plus(step)));
  }

  /** Somebody sets the clock: the machine has not run on. */
  public void set(Instant instant) {
    state.updateAndGet(before -> new State(instant, before.ran));
  }

  @Override
  public String bootId() {
    return "one boot";
  }

  @Override
  public Duration sinceBoot() {
    return state.get().ran;
  }
}
