package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Session;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Reply;

/** Takes the answer to the session challenge and the account's certificate for the device. */
public final class OpenSession {

  private final AccountContext context;

  OpenSession(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/session}. */
  public Reply serve(Call call, Session.Answer request) {
    Principal who = call.principal();
    Instant now = context.now();
    Optional<Bytes> right =
        context
            .database()
            .inOneBriefStatement(
                transaction ->
                    context
                        .challenges()
                        .takeSession(transaction, request.challenge(), who.tokenHash(), now));
    if (right.isEmpty() || !right.get().equals(Sha256.of(request.code()))) {
      return new Reply.Refused(ProblemCode.SESSION_REFUSED);
    }
    return context
        .database()
        .inTransaction(
            transaction -> {
              Account account = context.accounts().lock(transaction, who.accountId()).orElseThrow();
              if (!isCertified(account, who, request.device())) {
                return new Reply.Refused(
                    ProblemCode.SESSION_REFUSED,
                    "the device's certificate is not the account's, of its newest generation");
              }
              Bytes family = context.tokens().familyOf(transaction, who.tokenHash()).orElseThrow();
              context.devices().certify(transaction, request.device());
              return new Reply.Ok(context.sessions().grant(transaction, family, now));
            });
  }

  private boolean isCertified(Account account, Principal who, DeviceCertificate certificate) {
    return certificate.account().equals(account.id())
        && certificate.generation() == account.keyGeneration()
        && certificate.device().equals(who.deviceId())
        && certificate.deviceKey().equals(who.deviceKey())
        && context
            .cpu()
            .runBriefly(() -> certificate.isSigned(context.server().id(), account.signingKey()));
  }
}
