package org.tidelock.server.accounts;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Contact;
import org.tidelock.service.db.Wakeups;

/** Which contacts have an account: for other slices, which answer for whom they tell it. */
public final class Handles {

  /** How often the handle log is read, whether it is known to have grown or not. */
  public static final Duration READ_INTERVAL = Duration.ofMillis(400);

  private final AccountContext context;
  private final HandleFilter filter;

  Handles(AccountContext context) {
    this.context = context;
    this.filter =
        new HandleFilter(
            context.database(),
            context.handles(),
            context.secrets().handleFilterKey(),
            context.clock());
  }

  /** Whether each of the contacts, in order, has an account. */
  public List<Boolean> areRegistered(List<Contact> contacts) {
    List<Bytes> ids = contacts.stream().map(context.secrets()::handleId).toList();
    Set<Bytes> possible = new HashSet<>(ids);
    possible.removeIf(filter::rulesOut);
    Set<Bytes> registered =
        possible.isEmpty()
            ? Set.of()
            : context
                .database()
                .inTransaction(transaction -> context.handles().registered(transaction, possible));
    return ids.stream().map(registered::contains).toList();
  }

  /** Makes the filter, and keeps it in step with other nodes. Called on a virtual thread. */
  public void listen(Wakeups wakeups) {
    filter.catchUp();
    wakeups.listen(HandleStore.CHANNEL, grown -> filter.catchUp(), filter::catchUp);
  }

  /** Reads the handle log; what was not told in time is found then. */
  public void catchUp() {
    filter.catchUp();
  }
}
