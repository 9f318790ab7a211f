package org.tidelock.server.presence;

import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/**
 * The accounts that one lets see that one is online. The list is its owner's alone: whoever is in
 * it neither agrees nor is told, and sees no more than that its owner is online.
 */
public final class MyContacts {

  private final Database database;
  private final VisibilityStore visibilities;

  MyContacts(Database database, VisibilityStore visibilities) {
    this.database = database;
    this.visibilities = visibilities;
  }

  /** {@code GET /v1/contacts}. */
  public Reply list(Call call) {
    return database.inTransaction(
        transaction ->
            new Reply.Ok(
                new Presence.Contacts(
                    visibilities.contactNames(transaction, call.principal().accountId()))));
  }

  /** {@code PUT /v1/contacts/:name}. */
  public Reply add(Call call) {
    return change(call, this::add);
  }

  /** {@code DELETE /v1/contacts/:name}. */
  public Reply remove(Call call) {
    return change(call, this::remove);
  }

  private interface Change {
    Reply of(Transaction transaction, AccountId owner, AccountId contact);
  }

  private Reply change(Call call, Change change) {
    AccountId owner = call.principal().accountId();
    Optional<AccountName> name = name(call);
    return database.inTransaction(
        transaction -> {
          visibilities.lock(transaction, owner);
          Optional<AccountId> contact =
              name.flatMap(known -> visibilities.named(transaction, known));
          return contact.isPresent()
              ? change.of(transaction, owner, contact.get())
              : new Reply.Refused(ProblemCode.NOT_FOUND);
        });
  }

  private Reply add(Transaction transaction, AccountId owner, AccountId contact) {
    if (contact.equals(owner)) {
      return new Reply.Refused(ProblemCode.INVALID_FIELD, "nobody is a contact of their own");
    }
    int before = visibilities.contacts(transaction, owner).size();
    if (before >= Presence.MAX_CONTACTS) {
      return new Reply.Refused(
          ProblemCode.INVALID_FIELD,
          "there are %d contacts, which is the most; remove one first".formatted(before));
    }
    visibilities.add(transaction, owner, contact);
    new PresenceChange.Listed(owner, contact).tell(transaction);
    return new Reply.NoContent();
  }

  private Reply remove(Transaction transaction, AccountId owner, AccountId contact) {
    if (!visibilities.remove(transaction, owner, contact)) {
      return new Reply.Refused(ProblemCode.NOT_FOUND);
    }
    new PresenceChange.Listed(owner, contact).tell(transaction);
    return new Reply.NoContent();
  }

  private static Optional<AccountName> name(Call call) {
    try {
      return Optional.of(new AccountName(call.path("name")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
