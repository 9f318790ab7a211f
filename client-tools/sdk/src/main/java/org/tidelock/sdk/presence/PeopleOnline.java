package org.tidelock.sdk.presence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/** Who is online, of those who let the owner see it. */
public final class PeopleOnline {

  private final OwnSession session;

  public PeopleOnline(ServerConnection connection, ClientHome home) {
    this.session = new OwnSession(connection, home);
  }

  /** Everybody, by name: all pages, one after another. */
  public Answer<List<Presence.Person>> list() throws IOException {
    List<Presence.Person> all = new ArrayList<>();
    String after = "";
    while (true) {
      Answer<Presence.Online> answer =
          session.send(Request.get("/v1/presence/online?after=" + after), Presence.Online.class);
      if (!(answer instanceof Answer.Granted<Presence.Online>(Presence.Online page))) {
        return answer.map(none -> all);
      }
      all.addAll(page.people());
      if (page.people().size() < Presence.PAGE) {
        return new Answer.Granted<>(List.copyOf(all));
      }
      String last = page.people().getLast().name().value();
      if (last.compareTo(after) <= 0) {
        throw new LyingServerException("the server's pages of who is online lead in a circle");
      }
      after = last;
    }
  }
}
