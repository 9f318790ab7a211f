package org.tidelock.server.release;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.tidelock.server.accounts.CodeSender;
import org.tidelock.server.accounts.PublicKeys;
import org.tidelock.server.mailbox.Mailboxes;
import org.tidelock.server.messages.MessageStore;
import org.tidelock.server.messages.SecretsAtRest;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/** The slice of releases, put together. */
public record Releases(
    ReleaseDue releaseDue, DeliverNotices deliverNotices, MyNotices myNotices, ClockGuard guard) {

  /** How often each node looks for what is due. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  /** The tables whose rows expire. */
  public static final List<String> EXPIRING_TABLES = List.of("notices");

  /** Puts the slice together. */
  public static Releases of(
      Vertx vertx,
      Database database,
      CpuWork cpu,
      ServerIdentity server,
      PublicKeys accounts,
      MessageStore messages,
      SecretsAtRest secrets,
      Mailboxes mailboxes,
      CodeSender mail,
      boolean privateWebhooks,
      InstantSource clock,
      Uptime uptime,
      MeterRegistry metrics) {
    NoticeStore notices = new NoticeStore();
    ClockGuard guard = new ClockGuard(database, clock, uptime, metrics);
    return new Releases(
        new ReleaseDue(database, guard, messages, secrets, mailboxes, notices, metrics),
        new DeliverNotices(
            database, clock, notices, mail, new Webhook(vertx, server, cpu, privateWebhooks)),
        new MyNotices(database, accounts, notices),
        guard);
  }
}
