package org.tidelock.keyserver.tokens;

import java.util.Optional;
import org.tidelock.keyserver.records.ConfirmedAccounts;
import org.tidelock.protocol.wire.KeyServing.IntrospectionReply;
import org.tidelock.protocol.wire.Token;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Authenticator;
import org.tidelock.service.http.Grant;
import org.tidelock.service.http.Principal;

/**
 * Tells on whose behalf a token speaks, by asking the server, and notes what else the answer says:
 * which password and which generation of keys are valid.
 */
public final class CheckToken implements Authenticator {

  private final Introspection introspection;
  private final Database database;
  private final ConfirmedAccounts accounts;

  public CheckToken(Introspection introspection, Database database, ConfirmedAccounts accounts) {
    this.introspection = introspection;
    this.database = database;
    this.accounts = accounts;
  }

  @Override
  public Optional<Principal> authenticate(Token token) {
    Optional<IntrospectionReply> worth = introspection.ask(token);
    worth.ifPresent(
        confirmed ->
            database.inTransaction(
                transaction -> {
                  accounts.note(transaction, confirmed);
                  return confirmed;
                }));
    return worth.map(confirmed -> principal(token, confirmed));
  }

  private static Principal principal(Token token, IntrospectionReply worth) {
    return new Principal(
        worth.account(), worth.device(), worth.deviceKey(), grant(worth), token.hash());
  }

  /** Who may write may read as well. */
  private static Grant grant(IntrospectionReply worth) {
    return switch (worth.action()) {
      case READ -> Grant.LOGIN;
      case WRITE -> Grant.FULL;
    };
  }
}
