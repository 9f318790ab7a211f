package org.tidelock.server.presence;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.service.db.Transaction;

/**
 * What nodes tell one another when something changed in who sees whom online. It names what to look
 * at; what is true is read from the database.
 */
sealed interface PresenceChange {

  /** The channel that these are told on. */
  String CHANNEL = "presence";

  /** Whom it is about. */
  AccountId account();

  /** A connection was opened. Told by the table's trigger. */
  record Opened(AccountId account) implements PresenceChange {}

  /** A connection ended. Told by the table's trigger. */
  record Closed(AccountId account, Bytes connection) implements PresenceChange {}

  /** Others may see the account than before. */
  record Shown(AccountId account, Visibility before) implements PresenceChange {}

  /** The account took a contact in or off its list. */
  record Listed(AccountId account, AccountId contact) implements PresenceChange {}

  /**
   * The account was deleted while it was online. Told by its table's trigger.
   *
   * @param watchers who could see it; empty if everybody could
   */
  record Departed(AccountId account, AccountName name, Set<AccountId> watchers)
      implements PresenceChange {

    boolean wasShownTo(AccountId watcher) {
      return watchers.isEmpty() || watchers.contains(watcher);
    }
  }

  /** Tells all nodes, once the transaction is committed. */
  default void tell(Transaction transaction) {
    transaction.all("SELECT pg_notify($1, $2)", row -> true, CHANNEL, text());
  }

  private String text() {
    return switch (this) {
      case Opened opened -> "opened " + hex(opened.account);
      case Closed closed -> "closed " + hex(closed.account) + " " + closed.connection.toHex();
      case Shown shown -> "shown " + hex(shown.account) + " " + shown.before.text();
      case Listed listed -> "listed " + hex(listed.account) + " " + hex(listed.contact);
      case Departed departed ->
          throw new IllegalStateException("the database tells of " + departed);
    };
  }

  /**
   * Reads what {@link #tell} and the trigger write.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static PresenceChange parse(String message) {
    String[] words = message.split(" ", -1);
    return switch (words[0]) {
      case "opened" -> new Opened(account(words[1]));
      case "closed" -> new Closed(account(words[1]), Bytes.ofHex(words[2]));
      case "shown" -> new Shown(account(words[1]), VisibilityStore.visibility(words[2]));
      case "listed" -> new Listed(account(words[1]), account(words[2]));
      case "departed" ->
          new Departed(account(words[1]), new AccountName(words[2]), watchers(words[3]));
      default -> throw new IllegalArgumentException("no change of presence: " + words[0]);
    };
  }

  private static Set<AccountId> watchers(String list) {
    return list.equals("*")
        ? Set.of()
        : Arrays.stream(list.split(",")).map(PresenceChange::account).collect(Collectors.toSet());
  }

  private static AccountId account(String hex) {
    return new AccountId(Bytes.ofHex(hex));
  }

  private static String hex(AccountId account) {
    return account.value().toHex();
  }
}
