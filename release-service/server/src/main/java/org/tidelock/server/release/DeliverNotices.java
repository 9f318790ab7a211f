package org.tidelock.server.release;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.server.accounts.CodeSender;
import org.tidelock.service.db.Database;

/**
 * Delivers notices after the commit that caused them. A webhook that does not answer is called
 * again after 10 s, 20 s, 40 s and so on, at most an hour apart, twelve times in all.
 */
public final class DeliverNotices {

  private static final Logger log = LoggerFactory.getLogger(DeliverNotices.class);

  private static final int AT_ONCE = 20;
  private static final int MAX_TRIES = 12;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Database database;
  private final InstantSource clock;
  private final NoticeStore notices;
  private final CodeSender mail;
  private final Webhook webhook;
  private final AtomicBoolean busy = new AtomicBoolean();

  DeliverNotices(
      Database database,
      InstantSource clock,
      NoticeStore notices,
      CodeSender mail,
      Webhook webhook) {
    this.database = database;
    this.clock = clock;
    this.notices = notices;
    this.mail = mail;
    this.webhook = webhook;
  }

  /** Delivers what is due; does nothing if this node is at it already. */
  public void run() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      Instant now = clock.instant();
      List<NoticeStore.Pending> due =
          database.inTransaction(transaction -> notices.take(transaction, now, AT_ONCE));
      due.forEach(notice -> settle(notice, deliver(notice, now), now));
    } catch (RuntimeException e) {
      log.warn("notices were not delivered, and are tried again", e);
    } finally {
      busy.set(false);
    }
  }

  private boolean deliver(NoticeStore.Pending notice, Instant now) {
    if (notice.way().equals("webhook")) {
      return webhook.call(
          notice.address(),
          new Mailbox.Notice(notice.message(), Mailbox.Kind.RELEASED, notice.at()),
          now);
    }
    mail.send(
        new Contact(Contact.Kind.MAIL, notice.address()),
        "A message can be opened",
        "A message that was locked until now can be opened: tidelock read %s\n"
            .formatted(notice.message()));
    return true;
  }

  private void settle(NoticeStore.Pending notice, boolean delivered, Instant now) {
    database.inTransaction(
        transaction -> {
          if (delivered || notice.tries() >= MAX_TRIES) {
            notices.remove(transaction, notice.id());
          } else {
            notices.retryAt(transaction, notice.id(), now.plus(pause(notice.tries())));
          }
          return delivered;
        });
  }

  private static Duration pause(int tries) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (tries - 1));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
