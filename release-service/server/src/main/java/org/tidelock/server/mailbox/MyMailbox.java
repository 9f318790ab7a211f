package org.tidelock.server.mailbox;

import static io.vertx.core.Future.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** A device's own queue: reading it, waiting for it, and acknowledging what was read. */
public final class MyMailbox {

  /** The tables whose rows expire. */
  public static final List<String> EXPIRING_TABLES = List.of("mailbox_items");

  private static final int PAGE = 100;
  private static final int MAX_WAIT_SECONDS = 25;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Database database;
  private final Mailboxes mailboxes;

  /** Queues in {@code database}. */
  public MyMailbox(Vertx vertx, Database database, Mailboxes mailboxes) {
    this.vertx = vertx;
    this.database = database;
    this.mailboxes = mailboxes;
  }

  /** {@code GET /v1/mailbox?wait=SECONDS}: at once if there is something, else when there is. */
  public Reply read(Call call) {
    String wait = call.query("wait").orElse("0");
    if (!wait.matches("[0-9]{1,2}") || Integer.parseInt(wait) > MAX_WAIT_SECONDS) {
      return new Reply.Refused(
          ProblemCode.INVALID_FIELD,
          "wait is not a number of seconds from 0 to %d".formatted(MAX_WAIT_SECONDS));
    }
    DeviceId device = call.principal().deviceId();
    long deadline = System.nanoTime() + Duration.ofSeconds(Integer.parseInt(wait)).toNanos();
    Mailbox.Page page = page(device);
    while (page.items().isEmpty() && System.nanoTime() < deadline) {
      await(vertx.timer(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS));
      page = page(device);
    }
    return new Reply.Ok(page);
  }

  /** {@code POST /v1/mailbox/acknowledgements}. What is gone already is no error. */
  public Reply acknowledge(Call call, Mailbox.Acknowledgement request) {
    DeviceId device = call.principal().deviceId();
    return database.inTransaction(
        transaction -> {
          mailboxes.acknowledge(transaction, device, request.sequences());
          mailboxes.trim(transaction, device);
          return new Reply.NoContent();
        });
  }

  private Mailbox.Page page(DeviceId device) {
    return database.inTransaction(
        transaction -> {
          List<Mailbox.Item> items = mailboxes.oldest(transaction, device, PAGE + 1);
          boolean more = items.size() > PAGE;
          return new Mailbox.Page(more ? items.subList(0, PAGE) : items, more);
        });
  }
}
