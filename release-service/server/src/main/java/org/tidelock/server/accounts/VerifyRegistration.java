package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.accounts.KeyLogStore.Leaf;
import org.tidelock.server.accounts.RegistrationStore.Pending;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/** Takes the code that arrived, and makes the account. */
public final class VerifyRegistration {

  private final AccountContext context;

  VerifyRegistration(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/registrations/verify}. */
  public Reply serve(Call call, Registration.Verification request) {
    Instant now = context.now();
    // A try is spent in a transaction of its own: what follows may fail, the try is gone.
    Optional<Pending> found =
        context
            .database()
            .inOneStatement(
                transaction ->
                    context.registrations().spendTry(transaction, request.registration(), now));
    if (found.isEmpty()
        || !found.get().device().deviceKey().equals(call.signer())
        || !context
            .secrets()
            .codeMac(request.registration(), request.code())
            .equals(found.get().codeMac())) {
      return new Reply.Refused(ProblemCode.CODE_REFUSED);
    }
    return context.database().inTransaction(transaction -> create(transaction, found.get(), now));
  }

  private Reply create(Transaction transaction, Pending pending, Instant now) {
    context.registrations().delete(transaction, pending.id());
    Account account =
        new Account(
            pending.entry().account(),
            pending.name(),
            pending.kdf(),
            pending.authKey(),
            pending.recoveryAuthKey(),
            1,
            1,
            pending.entry().generation(),
            pending.entry().signingKey(),
            pending.entry().encryptionKey(),
            false);
    if (context.accounts().contactIsTaken(transaction, pending.handleId())) {
      return new Reply.Refused(ProblemCode.CONTACT_TAKEN);
    }
    if (!context.accounts().insert(transaction, account, pending.handleId(), now)) {
      return new Reply.Refused(
          ProblemCode.NAME_TAKEN, "the name %s is taken".formatted(pending.name()));
    }
    context.handles().append(transaction, pending.handleId());
    var device = pending.device();
    if (!context
        .devices()
        .insert(transaction, account.id(), device.device(), device.deviceKey(), now)) {
      throw new IllegalStateException("a device id of 16 random bytes came twice");
    }
    context.devices().certify(transaction, device);
    context.keyLog().append(transaction, pending.entry());
    Leaf leaf = context.newestKeys(transaction, account.id());
    return new Reply.Created(
        new Session.Opened(
            account.id(),
            context.proof(transaction, leaf),
            context.sessions().open(transaction, device.device(), now)));
  }
}
