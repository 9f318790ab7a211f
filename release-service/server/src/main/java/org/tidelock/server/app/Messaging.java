package org.tidelock.server.app;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.tidelock.server.accounts.CodeSender;
import org.tidelock.server.accounts.PublicKeys;
import org.tidelock.server.mailbox.Mailboxes;
import org.tidelock.server.mailbox.MyMailbox;
import org.tidelock.server.mailbox.PushItems;
import org.tidelock.server.mailbox.WaitForItems;
import org.tidelock.server.messages.MessageLimits;
import org.tidelock.server.messages.ScheduledMessages;
import org.tidelock.server.messages.SecretsAtRest;
import org.tidelock.server.puzzles.PuzzleFactory;
import org.tidelock.server.release.Releases;
import org.tidelock.server.release.Uptime;
import org.tidelock.service.db.Wakeups;
import org.tidelock.service.http.OpenSockets;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.KekStore;
import org.tidelock.service.node.Node;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** Puzzles, messages, mailbox and release, put together. */
record Messaging(
    Node node,
    PuzzleFactory puzzles,
    ScheduledMessages messages,
    MyMailbox mailbox,
    PushItems push,
    WaitForItems waits,
    Releases releases) {

  /** The tables whose rows expire. */
  static final List<String> EXPIRING_TABLES =
      Stream.of(
              ScheduledMessages.EXPIRING_TABLES,
              MyMailbox.EXPIRING_TABLES,
              Releases.EXPIRING_TABLES)
          .flatMap(List::stream)
          .toList();

  private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration RETIRE_INTERVAL = Duration.ofMinutes(1);
  private static final long MIB = 1 << 20;

  static Messaging open(
      Node node,
      Settings settings,
      ServerIdentity identity,
      PublicKeys keys,
      CodeSender mail,
      OpenSockets sockets,
      InstantSource clock,
      Uptime uptime)
      throws IOException, InvalidSettingException {
    PuzzleFactory puzzles = node.closing(new PuzzleFactory(clock));
    Mailboxes mailboxes = new Mailboxes();
    WaitForItems waits = new WaitForItems(node.vertx());
    KekFile keks = kekFile(node);
    node.run(() -> new KekStore(keks).prepare(node.database(), clock));
    SecretsAtRest secrets = new SecretsAtRest(keks);
    Gauge.builder("tidelock.mailbox.waiting", waits, WaitForItems::waiting)
        .description("requests that wait for something to come into their queue")
        .register(node.metrics());
    ScheduledMessages messages =
        ScheduledMessages.of(
            node.database(),
            node.cpu(),
            identity,
            keys,
            puzzles,
            mailboxes,
            secrets,
            limits(settings),
            clock);
    Releases releases =
        Releases.of(
            node.vertx(),
            node.database(),
            node.cpu(),
            identity,
            keys,
            messages.store(),
            secrets,
            mailboxes,
            mail,
            privateWebhooks(settings),
            clock,
            uptime,
            node.metrics());
    return new Messaging(
        node,
        puzzles,
        messages,
        new MyMailbox(node.database(), mailboxes, waits),
        new PushItems(node.database(), mailboxes, sockets),
        waits,
        releases);
  }

  /** Begins to release and to deliver; what fell due while no node ran is caught up. */
  void begin() {
    puzzles.prepare(List.of(2048));
    node.every(Releases.INTERVAL, releases.releaseDue()::run);
    node.every(NOTICE_INTERVAL, releases.deliverNotices()::run);
    node.every(PushItems.LOOK_INTERVAL, push::lookAgain);
    node.every(RETIRE_INTERVAL, puzzles::retireIfDue);
  }

  /** Hears what comes into queues. Called on a virtual thread. */
  void listen(Wakeups wakeups) {
    push.listen(wakeups);
    waits.listen(wakeups);
  }

  /** What an operator sees of releases that were stopped, and how they go on. */
  void mountOperations(Router router) {
    router.get("/releases").handler(this::showReleases);
    router
        .post("/releases/confirmation")
        .handler(
            context -> {
              releases.guard().confirm();
              showReleases(context);
            });
  }

  private void showReleases(RoutingContext context) {
    String reason = releases.guard().reason().orElse("");
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("stopped", !reason.isEmpty()).put("reason", reason).encode());
  }

  /** The keys outside the database that seal what opens messages. */
  static KekFile kekFile(Node node) throws IOException {
    return KekFile.in(node.data().resolve("server-keks"));
  }

  static MessageLimits limits(Settings settings) throws InvalidSettingException {
    return new MessageLimits(
        settings.number(ServerSettings.MAX_PAYLOAD_MIB, 1, 100_000) * MIB,
        settings.number(ServerSettings.QUOTA_MESSAGES, 1, 1_000_000_000),
        settings.number(ServerSettings.QUOTA_MIB, 1, 1_000_000_000) * MIB);
  }

  private static boolean privateWebhooks(Settings settings) throws InvalidSettingException {
    return switch (settings.text(ServerSettings.PRIVATE_WEBHOOKS)) {
      case "yes" -> true;
      case "no" -> false;
      default ->
          throw new InvalidSettingException(
              "private-webhooks is %s; yes or no allowed"
                  .formatted(settings.text(ServerSettings.PRIVATE_WEBHOOKS)));
    };
  }
}
