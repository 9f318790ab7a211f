package org.tidelock.sdk.message;

import java.io.IOException;
import java.util.List;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/**
 * Whose messages the owner does not take. They are told so when they send; what they sent before
 * stays.
 */
public final class BlockedSenders {

  private final OwnSession session;

  public BlockedSenders(ServerConnection connection, ClientHome home) {
    this.session = new OwnSession(connection, home);
  }

  /** All of them, by name. */
  public Answer<List<AccountName>> list() throws IOException {
    return session
        .send(Request.get("/v1/blocked"), Messages.Blocked.class)
        .map(Messages.Blocked::names);
  }

  /** Takes no more messages from somebody. */
  public Answer<Done> block(AccountName sender) throws IOException {
    return session.send(Request.put("/v1/blocked/" + sender), Done.class);
  }

  /** Takes messages from somebody again. */
  public Answer<Done> unblock(AccountName sender) throws IOException {
    return session.send(Request.delete("/v1/blocked/" + sender), Done.class);
  }
}
