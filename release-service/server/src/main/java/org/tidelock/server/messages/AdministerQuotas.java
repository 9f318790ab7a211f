package org.tidelock.server.messages;

import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.service.db.Database;

/**
 * What an operator allows single accounts to store. Takes effect with the next message, on every
 * node. Called from virtual threads.
 */
public final class AdministerQuotas {

  private final Database database;
  private final MessageLimits everybody;
  private final MessageStore messages = new MessageStore();

  /**
   * Administers the quotas in a database.
   *
   * @param everybody what an account is allowed for which nothing else was set
   */
  public AdministerQuotas(Database database, MessageLimits everybody) {
    this.database = database;
    this.everybody = everybody;
  }

  /**
   * What an account stores and may store.
   *
   * @param own whether this was set for it alone
   */
  public record Quota(
      long messages, long bytes, long messagesAllowed, long bytesAllowed, boolean own) {}

  /** How it stands with an account. */
  public Quota show(AccountId account) {
    MessageStore.Usage usage =
        database.inOneStatement(transaction -> messages.usage(transaction, account));
    return new Quota(
        usage.messages(),
        usage.bytes(),
        usage.messagesAllowed(everybody),
        usage.bytesAllowed(everybody),
        usage.ownMessages().isPresent() || usage.ownBytes().isPresent());
  }

  /** Sets what an account may store; empty is what everybody may. Nothing it has goes. */
  public Quota set(AccountId account, Optional<Long> messagesAllowed, Optional<Long> bytesAllowed) {
    database.inOneStatement(
        transaction -> {
          messages.allow(transaction, account, messagesAllowed, bytesAllowed);
          return account;
        });
    return show(account);
  }
}
