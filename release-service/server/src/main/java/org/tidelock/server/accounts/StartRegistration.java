package org.tidelock.server.accounts;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.server.accounts.RegistrationStore.Pending;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Limit;
import org.tidelock.service.http.Reply;

/**
 * Takes an application for an account and sends a code to its contact. Whether the name or the
 * contact is taken changes nothing in the answer or the work: who reads the contact's mail is told
 * there, and a taken name only once the code has come back.
 */
public final class StartRegistration {

  private final AccountContext context;
  private final CodeSender sender;

  StartRegistration(AccountContext context, CodeSender sender) {
    this.context = context;
    this.sender = sender;
  }

  /** {@code POST /v1/registrations}. */
  public Reply serve(Call call, Registration.Request request) {
    if (!sender.reaches(request.contact().kind())) {
      return new Reply.Refused(
          ProblemCode.INVALID_FIELD,
          "contact: this server sends no codes by " + request.contact().kind().text());
    }
    if (!call.signer().equals(request.device().deviceKey())) {
      return new Reply.Refused(
          ProblemCode.SIGNATURE_INVALID, "the request is signed by another key than its device's");
    }
    if (!context.cpu().runBriefly(() -> request.isSigned(context.server().id()))) {
      return new Reply.Refused(
          ProblemCode.SIGNATURE_INVALID, "a signature in the application is wrong");
    }
    Bytes handleId = context.secrets().handleId(request.contact());
    context.limits().count(Limit.MAIL_TO_CONTACT, handleId.toHex());
    Bytes id = RandomBytes.ofLength(Registration.ID_BYTES);
    String code = VerificationCode.fresh();
    Instant expiresAt = context.now().plus(VerificationCode.LIFETIME);
    Pending pending =
        new Pending(
            id,
            request.name(),
            handleId,
            request.kdf(),
            request.authKey(),
            request.recoveryAuthKey(),
            request.entry(),
            request.device(),
            context.secrets().codeMac(id, code),
            VerificationCode.TRIES,
            expiresAt);
    boolean contactIsTaken =
        context
            .database()
            .inTransaction(
                transaction -> {
                  context.registrations().insert(transaction, pending);
                  return context.accounts().contactIsTaken(transaction, handleId);
                });
    send(request.contact(), contactIsTaken, code);
    return new Reply.Accepted(new Registration.Started(id, expiresAt));
  }

  private void send(Contact contact, boolean contactIsTaken, String code) {
    if (contactIsTaken) {
      sender.send(
          contact,
          "Tidelock: you have an account",
          """
          Someone, perhaps you, asked for a Tidelock account for this address, which has one
          already. If that was you, log in to it. If not, nothing was changed.
          """);
    } else {
      sender.send(
          contact,
          "Tidelock: your code",
          """
          Your Tidelock code is %s
          It is good for ten minutes. Nobody who is honest asks you for it.
          """
              .formatted(code));
    }
  }
}
