package org.tidelock.server.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.tidelock.server.release.Uptime;

/** A clock that goes on only when a test moves it, and the machine's uptime with it. */
public final class MovedClock implements InstantSource, Uptime {

  private record State(Instant now, Duration ran) {}

  private final AtomicLong uptimeReadings = new AtomicLong();
  private final AtomicReference<Optional<Instant>> onceChecked =
      new AtomicReference<>(Optional.empty());
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

  /** Somebody sets the clock just after the guard has read it: between two readings of uptime. */
  public void setOnceChecked(Instant instant) {
    onceChecked.set(Optional.of(instant));
  }

  public boolean wasSet() {
    return onceChecked.get().isEmpty();
  }

  @Override
  public String bootId() {
    return "one boot";
  }

  @Override
  public Duration sinceBoot() {
    Duration ran = state.get().ran;
    // Once before the clock and once after it.
    if (uptimeReadings.incrementAndGet() % 2 == 0) {
      onceChecked.getAndSet(Optional.empty()).ifPresent(this::set);
    }
    return ran;
  }
}
