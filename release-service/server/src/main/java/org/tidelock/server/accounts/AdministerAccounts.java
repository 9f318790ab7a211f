package org.tidelock.server.accounts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.service.db.Database;

/**
 * What an operator can see of accounts, and do to them: nothing that reads or speaks for anybody.
 * Called from virtual threads; nodes may run meanwhile.
 */
public final class AdministerAccounts {

  private static final Logger log = LoggerFactory.getLogger(AdministerAccounts.class);

  private final Database database;
  private final InstantSource clock;
  private final AccountStore accounts = new AccountStore();
  private final TokenStore tokens = new TokenStore();

  /** Administers the accounts in a database. */
  public AdministerAccounts(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * An account as its operator sees it.
   *
   * @param disabledAt since when it may not log in
   * @param devices how many devices it has certified
   * @param sessions how many of them are logged in
   */
  public record Overview(
      AccountName name,
      AccountId account,
      Instant createdAt,
      Optional<Instant> disabledAt,
      long passwordVersion,
      long keyGeneration,
      long devices,
      long sessions) {}

  /** Every account, by name. */
  public List<Overview> list() {
    return database.inTransaction(accounts::overviews);
  }

  /** One account. */
  public Optional<Overview> show(AccountName name) {
    return database.inTransaction(transaction -> accounts.overview(transaction, name));
  }

  /** Lets an account log in no more, and ends its sessions. */
  public Optional<Overview> disable(AccountName name) {
    return change(name, true, Optional.of(clock.instant()));
  }

  /** Lets an account log in again. */
  public Optional<Overview> enable(AccountName name) {
    return change(name, false, Optional.empty());
  }

  /** Ends an account's sessions; it may begin others. */
  public Optional<Overview> endSessions(AccountName name) {
    return database.inTransaction(
        transaction -> {
          Optional<Overview> before = accounts.overview(transaction, name);
          before.ifPresent(account -> tokens.revokeAll(transaction, account.account()));
          return accounts.overview(transaction, name);
        });
  }

  private Optional<Overview> change(
      AccountName name, boolean endSessions, Optional<Instant> disabledAt) {
    Optional<Overview> after =
        database.inTransaction(
            transaction -> {
              accounts.disable(transaction, name, disabledAt);
              Optional<Overview> account = accounts.overview(transaction, name);
              if (endSessions) {
                account.ifPresent(found -> tokens.revokeAll(transaction, found.account()));
              }
              return accounts.overview(transaction, name);
            });
    after.ifPresent(
        account ->
            log.info(
                "the operator {} account {}",
                disabledAt.isPresent() ? "disabled" : "enabled",
                account.account()));
    return after;
  }
}
