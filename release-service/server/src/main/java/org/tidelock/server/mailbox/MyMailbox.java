package org.tidelock.server.mailbox;

import java.time.Duration;
import java.util.List;
import org.tidelock.protocol.account.AccountId;
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

  private final Database database;
  private final Mailboxes mailboxes;
  private final WaitForItems waits;

  /** Queues in {@code database}. */
  public MyMailbox(Database database, Mailboxes mailboxes, WaitForItems waits) {
    this.database = database;
    this.mailboxes = mailboxes;
    this.waits = waits;
  }

  /** {@code GET /v1/mailbox?wait=SECONDS}: at once if there is something, else when there is. */
  public Reply read(Call call) {
    String wait = call.query("wait").orElse("0");
    if (!wait.matches("[0-9]{1,2}") || Integer.parseInt(wait) > MAX_WAIT_SECONDS) {
      return new Reply.Refused(
          ProblemCode.INVALID_FIELD,
          "wait is not a number of seconds from 0 to %d".formatted(MAX_WAIT_SECONDS));
    }
    Duration longest = Duration.ofSeconds(Integer.parseInt(wait));
    DeviceId device = call.principal().deviceId();
    return new Reply.Ok(
        longest.isZero() ? page(device) : await(call.principal().accountId(), device, longest));
  }

  private Mailbox.Page await(AccountId account, DeviceId device, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    try (WaitForItems.Waiting waiting = waits.begin(account)) {
      Mailbox.Page page = page(device);
      long left = deadline - System.nanoTime();
      while (page.items().isEmpty() && left > 0 && waiting.mayGoOn()) {
        waiting.await(Duration.ofNanos(left));
        page = page(device);
        left = deadline - System.nanoTime();
      }
      return page;
    }
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
    return database.inOneStatement(
        transaction -> {
          List<Mailbox.Item> items = mailboxes.oldest(transaction, device, PAGE + 1);
          boolean more = items.size() > PAGE;
          return new Mailbox.Page(more ? items.subList(0, PAGE) : items, more);
        });
  }
}
