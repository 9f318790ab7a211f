package org.tidelock.server.accounts;

import java.util.Optional;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.wire.Login;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/**
 * Tells how a name's password is derived. A name that nobody has gets parameters too, always the
 * same, by the same statement and the same arithmetic.
 */
public final class Prelogin {

  private final AccountContext context;

  Prelogin(AccountContext context) {
    this.context = context;
  }

  /** {@code POST /v1/prelogin}. */
  public Reply serve(Call call, Login.Prelogin request) {
    PasswordKdf invented = context.secrets().inventedKdf(request.name());
    Optional<PasswordKdf> kdf =
        context
            .database()
            .inOneBriefStatement(
                transaction -> context.accounts().kdfOf(transaction, request.name()));
    return new Reply.Ok(new Login.PreloginReply(kdf.orElse(invented)));
  }
}
