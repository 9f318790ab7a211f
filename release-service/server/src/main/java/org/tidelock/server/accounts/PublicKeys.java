package org.tidelock.server.accounts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogGrowth;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.server.accounts.KeyLogStore.Leaf;
import org.tidelock.service.db.Transaction;

/** What other slices may know of an account: what everybody may. */
public final class PublicKeys {

  /** How many entries one answer holds; the newest ones, where there are more. */
  private static final int MAX_ENTRIES = 256;

  private final AccountContext context;

  PublicKeys(AccountContext context) {
    this.context = context;
  }

  /** The account's newest keys and the devices they certify. */
  public Optional<Directory.Person> person(AccountName name) {
    return context
        .database()
        .apart(
            transaction ->
                context
                    .accounts()
                    .named(transaction, name)
                    .map(
                        account -> {
                          Supplier<List<DeviceStore.Certified>> devices =
                              context.devices().certifiedLater(transaction, account.id());
                          Leaf leaf = context.newestKeys(transaction, account.id());
                          return new Directory.Person(
                              account.id(),
                              account.name(),
                              leaf.entry(),
                              context.proof(transaction, leaf),
                              devices.get().stream()
                                  .map(DeviceStore.Certified::certificate)
                                  .filter(device -> device.generation() == account.keyGeneration())
                                  .toList());
                        }));
  }

  /** All keys the account ever had, each with its proof. */
  public Optional<Directory.Log> log(AccountName name) {
    return context
        .database()
        .inTransaction(
            transaction ->
                context
                    .accounts()
                    .named(transaction, name)
                    .map(
                        account -> {
                          List<Leaf> all = context.entries().entries(transaction, account.id());
                          return new Directory.Log(
                              all
                                  .subList(Math.max(0, all.size() - MAX_ENTRIES), all.size())
                                  .stream()
                                  .map(
                                      leaf ->
                                          new Directory.Logged(
                                              leaf.entry(), context.proof(transaction, leaf)))
                                  .toList());
                        }));
  }

  /**
   * That the log has only grown since it had {@code oldSize} entries; empty if it never had.
   *
   * @param size to how many entries; to as many as there are, where none is given
   */
  public Optional<KeyLogGrowth> growth(long oldSize, OptionalLong size) {
    return context
        .database()
        .inTransaction(
            transaction -> {
              long present = context.entries().size(transaction);
              long asked = size.orElse(present);
              return oldSize < 1 || oldSize > asked || asked > present
                  ? Optional.empty()
                  : Optional.of(context.growth(transaction, oldSize, asked));
            });
  }

  /** The newest public keys that an account has; empty if there is no such account. */
  public Optional<KeyLogEntry> newest(Transaction transaction, AccountId account) {
    return Optional.ofNullable(newestLater(transaction, List.of(account)).get().get(account));
  }

  /** The newest public keys of those of the accounts that there are, asked for without waiting. */
  public Supplier<Map<AccountId, KeyLogEntry>> newestLater(
      Transaction transaction, List<AccountId> accounts) {
    return context.entries().newestLater(transaction, accounts);
  }

  /** The keys of one generation. */
  public Optional<KeyLogEntry> ofGeneration(
      Transaction transaction, AccountId account, long generation) {
    return context.entries().entry(transaction, account, generation).map(Leaf::entry);
  }

  /** The keys of one generation, with the proof that they stand in the log. */
  public Optional<Directory.Logged> logged(
      Transaction transaction, AccountId account, long generation) {
    return context
        .entries()
        .entry(transaction, account, generation)
        .map(leaf -> new Directory.Logged(leaf.entry(), context.proof(transaction, leaf)));
  }

  /** The account's name; empty if it was deleted. */
  public Optional<AccountName> name(Transaction transaction, AccountId account) {
    return context.accounts().withId(transaction, account).map(Account::name);
  }

  /** Whether the contact is the one that the account was verified by. */
  public boolean isContactOf(Transaction transaction, AccountId account, Contact contact) {
    return context.accounts().hasContact(transaction, account, context.secrets().handleId(contact));
  }
}
