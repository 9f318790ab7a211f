package org.tidelock.bench.messages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tidelock.bench.service.User;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.Inbox;
import org.tidelock.sdk.message.SendMessage;

/**
 * Somebody who sends and receives by the client library, from a home of their own. For one thread
 * at a time, as a home is.
 */
final class Correspondent {

  private static final byte[] TEXT =
      "Meet me under the clock at noon.".getBytes(StandardCharsets.UTF_8);

  private final StoredIdentity identity;
  private final OwnSession session;
  private final Inbox inbox;
  private final SendMessage sending;

  Correspondent(ServerConnection connection, ClientHome home) throws IOException {
    this.identity = home.identity().orElseThrow();
    this.session = new OwnSession(connection, home);
    this.inbox = new Inbox(connection, home);
    this.sending = new SendMessage(connection, home);
  }

  AccountName name() {
    return identity.name();
  }

  /** Who it was when it registered; the tokens in it may have been renewed since. */
  StoredIdentity identity() {
    return identity;
  }

  OwnSession session() {
    return session;
  }

  Inbox inbox() {
    return inbox;
  }

  /** Sends a short text, with all that the library does for that; what the server signed for it. */
  MessageReceipt send(Correspondent to, Instant unlockAt) throws IOException {
    return User.requireGranted(
            sending.send(
                Draft.text(to.name(), unlockAt.truncatedTo(ChronoUnit.MILLIS)),
                new ByteArrayInputStream(TEXT),
                TEXT.length))
        .receipt();
  }
}
