package org.tidelock.server.messages;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.tidelock.server.accounts.PublicKeys;
import org.tidelock.server.mailbox.Mailboxes;
import org.tidelock.server.puzzles.PuzzleFactory;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/** What the use cases of this slice stand on. */
record MessageContext(
    Database database,
    CpuWork cpu,
    ServerIdentity server,
    PublicKeys keys,
    PuzzleFactory puzzles,
    Mailboxes mailboxes,
    SecretsAtRest secrets,
    MessageLimits limits,
    InstantSource clock,
    MessageStore messages,
    UploadStore uploads,
    BlockedStore blocked) {

  /** The time, in whole milliseconds, as it stands on the wire. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether a client's time is too far from the server's. */
  boolean isStale(Instant createdAt, Instant now) {
    return createdAt.isBefore(now.minus(MessageLimits.CLOCK_TOLERANCE))
        || createdAt.isAfter(now.plus(MessageLimits.CLOCK_TOLERANCE));
  }
}
