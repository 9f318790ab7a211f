package org.tidelock.sdk.presence;

import java.io.IOException;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/** Who may see that the owner is online: a visibility, and the contacts that one of them means. */
public final class MyVisibility {

  private final OwnSession session;

  public MyVisibility(ServerConnection connection, ClientHome home) {
    this.session = new OwnSession(connection, home);
  }

  /** What is set now. */
  public Answer<Presence.Visibility> now() throws IOException {
    return session
        .send(Request.get("/v1/presence"), Presence.Setting.class)
        .map(Presence.Setting::visibility);
  }

  /** Sets who may see the owner. */
  public Answer<Done> set(Presence.Visibility visibility) throws IOException {
    return session.send(Request.put("/v1/presence", new Presence.Setting(visibility)), Done.class);
  }

  /** The contacts. */
  public Answer<Presence.Contacts> contacts() throws IOException {
    return session.send(Request.get("/v1/contacts"), Presence.Contacts.class);
  }

  /** Takes somebody in. They are not told. */
  public Answer<Done> add(AccountName contact) throws IOException {
    return session.send(Request.put("/v1/contacts/" + contact), Done.class);
  }

  /** Takes somebody off. */
  public Answer<Done> remove(AccountName contact) throws IOException {
    return session.send(Request.delete("/v1/contacts/" + contact), Done.class);
  }
}
