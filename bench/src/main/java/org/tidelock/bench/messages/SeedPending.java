package org.tidelock.bench.messages;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.tidelock.bench.parts.PuzzleMaking;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.bench.service.ServiceUnderLoad;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.http.KeptSecret;
import org.tidelock.service.kek.KekFile;

/**
 * Puts messages that wait for their time into the database of a running server, in bulk: sealed by
 * their senders, and locked and signed with the server's own secrets. It releases one of them at
 * once, and could release each.
 */
final class SeedPending {

  private static final int BATCH = 500;
  private static final int REPORT_EVERY = 50_000;

  /** How long after {@link SendLoad#LOCKED} the last of them is released. */
  private static final Duration SPREAD = Duration.ofDays(335);

  /** When the one message falls due by which the rows are tried out. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final ServiceUnderLoad service;
  private final Submissions submissions;
  private final List<Correspondent> senders;
  private final List<Correspondent> recipients;
  private final AtomicLong seeded = new AtomicLong();

  SeedPending(
      ServiceUnderLoad service,
      Submissions submissions,
      List<Correspondent> senders,
      List<Correspondent> recipients) {
    this.service = service;
    this.submissions = submissions;
    this.senders = senders;
    this.recipients = recipients;
  }

  /** Seeds; returns when all of it lies on disk and nothing is left to be done behind it. */
  void seed(int messages) throws IOException {
    Instant begun = Instant.now();
    int seeders = Math.min(senders.size(), Runtime.getRuntime().availableProcessors());
    try (KeptSecret secret = KeptSecret.in(service.data().resolve("server-secret"));
        PuzzleMaking puzzles = new PuzzleMaking(Submissions.BITS, SendLoad.LOCKED)) {
      KekFile keks = KekFile.in(service.data().resolve("server-keks"));
      Bytes puzzle = puzzles.one();
      requireReleased(new PendingRows(secret.identity().key(), keks, puzzle));
      new ClosedLoop(seeders)
          .once(
              seeder -> {
                PendingRows rows = new PendingRows(secret.identity().key(), keks, puzzle);
                seed(seeder, seeders, messages, rows);
              });
    }
    System.err.printf("seeded in %d s%n", Duration.between(begun, Instant.now()).toSeconds());
    settle();
  }

  /** Whether the server takes such rows for its own: it releases one whose time comes now. */
  private void requireReleased(PendingRows rows) throws IOException {
    Messages.Submission submission =
        submissions.seal(
            senders.getFirst().identity(),
            recipients.getFirst().identity().entry(),
            Submissions.Content.seal(),
            Instant.now().plus(SOON));
    rows.take(submission);
    try (Connection connection = service.database().connect()) {
      connection.setAutoCommit(false);
      rows.insert(connection);
      connection.setAutoCommit(true);
      Instant latest = Instant.now().plus(SOON).plus(PATIENCE);
      String state = Messages.State.WAITING.text();
      while (state.equals(Messages.State.WAITING.text()) && Instant.now().isBefore(latest)) {
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        state = state(connection, submission.envelope().message());
      }
      if (!state.equals(Messages.State.RELEASED.text())) {
        throw new IOException(
            "a seeded message whose time has come is %s; released expected".formatted(state));
      }
    } catch (SQLException e) {
      throw new IOException("no message could be seeded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String state(Connection connection, MessageId message) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT state FROM messages WHERE message_id = ?")) {
      query.setBytes(1, message.value().toArray());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** Each has senders of its own: two that count for one sender would wait for each other. */
  private void seed(int seeder, int seeders, int messages, PendingRows rows) throws IOException {
    Submissions.Content content = Submissions.Content.seal();
    int sender = seeder;
    try (Connection connection = service.database().connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = off");
      }
      for (int i = seeder; i < messages; i += seeders) {
        rows.take(
            submissions.seal(
                senders.get(sender).identity(),
                recipients.get(i % recipients.size()).identity().entry(),
                content,
                releaseTime()));
        sender = sender + seeders < senders.size() ? sender + seeders : seeder;
        if (i / seeders % BATCH == BATCH - 1) {
          rows.insert(connection);
        }
        report(messages);
      }
      rows.insert(connection);
    } catch (SQLException e) {
      throw new IOException("the messages could not be seeded", e);
    }
  }

  private static Instant releaseTime() {
    return Instant.now()
        .plus(SendLoad.LOCKED)
        .plusMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis()));
  }

  private void report(int messages) {
    long done = seeded.incrementAndGet();
    if (done % REPORT_EVERY == 0 || done == messages) {
      System.err.printf("seeded %,d of %,d messages%n", done, messages);
    }
  }

  /** What the database would do by itself later, while something is measured. */
  private void settle() throws IOException {
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          VACUUM (ANALYZE) messages, message_events, gate.message_secrets, uploads, upload_parts,
            message_usage""");
    } catch (SQLException e) {
      throw new IOException("the tables could not be vacuumed", e);
    }
    service.checkpoint();
  }
}
