package org.tidelock.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;

/** What falls due at once is released in one transaction. */
class ReleaseDueTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** More than one batch, and several for each recipient in each. */
  private static final int MESSAGES = 130;

  @Test
  void everyRecipientIsToldOnceOfEachMessageBehindWhatWasSeenBefore() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "due-alice");
      Correspondent bob = Correspondent.registered(server, "due-bob");
      Correspondent carol = Correspondent.registered(server, "due-carol");
      Correspondent bobsPhone = bob.onNewDevice();
      Instant unlockAt = server.clock().instant().plus(SOON);
      List<MessageId> forBob = new ArrayList<>();
      List<MessageId> forCarol = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        boolean isForBob = i % 3 > 0;
        MessageId id =
            alice
                .send(isForBob ? bob : carol, "number " + i, unlockAt.plusMillis(i))
                .envelope()
                .message();
        (isForBob ? forBob : forCarol).add(id);
      }
      long seenByBob = last(allItems(bob));
      long seenByCarol = last(allItems(carol));

      server.clock().move(SOON.plusSeconds(1));
      for (MessageId id : forBob) {
        bob.awaitOpening(id);
      }
      for (MessageId id : forCarol) {
        carol.awaitOpening(id);
      }

      List<Mailbox.Item> items = allItems(bob);
      assertThat(released(items)).containsExactlyInAnyOrderElementsOf(forBob);
      assertThat(items)
          .extracting(Mailbox.Item::sequence)
          .doesNotHaveDuplicates()
          .isSorted()
          .allMatch(sequence -> sequence > seenByBob);
      List<Mailbox.Item> phoneItems = allItems(bobsPhone);
      assertThat(released(phoneItems)).isEqualTo(released(items));
      assertThat(phoneItems)
          .filteredOn(item -> item.kind() == Mailbox.Kind.RELEASED)
          .extracting(Mailbox.Item::sequence)
          .isEqualTo(items.stream().map(Mailbox.Item::sequence).toList());
      List<Mailbox.Item> carolsItems = allItems(carol);
      assertThat(released(carolsItems)).containsExactlyInAnyOrderElementsOf(forCarol);
      assertThat(carolsItems.getFirst().sequence()).isGreaterThan(seenByCarol);
      assertThat(bob.openReleased(forBob.getLast())).contains("number 128");
    }
  }

  private static List<MessageId> released(List<Mailbox.Item> items) {
    return items.stream()
        .filter(item -> item.kind() == Mailbox.Kind.RELEASED)
        .map(Mailbox.Item::message)
        .toList();
  }

  /** Page after page, acknowledged. */
  private static List<Mailbox.Item> allItems(Correspondent recipient) {
    List<Mailbox.Item> all = new ArrayList<>();
    for (List<Mailbox.Item> page = recipient.takeItems();
        !page.isEmpty();
        page = recipient.takeItems()) {
      all.addAll(page);
    }
    return all;
  }

  private static long last(List<Mailbox.Item> items) {
    return items.isEmpty() ? 0 : items.getLast().sequence();
  }
}
