package org.tidelock.server.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on only when a test moves it. */
public final class MovedClock implements InstantSource {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  public void move(Duration step) {
    now.updateAndGet(instant -> instant.plus(step));
  }
}
