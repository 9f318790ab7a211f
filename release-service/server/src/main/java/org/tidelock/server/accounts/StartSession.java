package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.statement.SessionProof;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Session;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Reply;

/**
 * Asks a device that knows the password whether it has the private key: seals a token to the
 * account. Only the hash of the one right answer is kept.
 */
public final class StartSession {

  private static final Duration LIFETIME = Duration.ofSeconds(60);

  private final AccountContext context;

  StartSession(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/session/challenge}. */
  public Reply serve(Call call) {
    Principal who = call.principal();
    Bytes id = RandomBytes.ofLength(SessionProof.ID_BYTES);
    SessionProof proof =
        new SessionProof(
            context.server().id(), who.accountId(), who.deviceId(), who.deviceKey(), id);
    Instant expiresAt = context.now().plus(LIFETIME);
    return context
        .database()
        .inTransaction(
            transaction -> {
              Account account =
                  context.accounts().withId(transaction, who.accountId()).orElseThrow();
              Asked asked = context.cpu().runBriefly(() -> ask(proof, account));
              context
                  .challenges()
                  .insertSession(transaction, id, who.tokenHash(), asked.answerHash(), expiresAt);
              return new Reply.Ok(
                  new Session.Challenge(id, account.keyGeneration(), asked.sealed(), expiresAt));
            });
  }

  private record Asked(Bytes sealed, Bytes answerHash) {}

  private static Asked ask(SessionProof proof, Account account) {
    try (SecretBytes token = SecretBytes.random(SessionProof.TOKEN_BYTES)) {
      Bytes sealed = proof.seal(account.encryptionKey(), token);
      return new Asked(sealed, Sha256.of(proof.code(token, sealed)));
    }
  }
}
