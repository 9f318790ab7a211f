package org.tidelock.sdk.account;

import java.io.IOException;
import org.tidelock.protocol.keylog.KeyLogGrowth;
import org.tidelock.protocol.keylog.KeyLogHead;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredPeople;

/**
 * The server's key log as far as this home has seen it. Every head that comes after is compared
 * with it: the log has only grown, and there is one.
 */
final class KnownLog {

  private final ServerConnection connection;
  private final ClientHome home;
  private final OwnSession session;

  KnownLog(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
    this.session = new OwnSession(connection, home);
  }

  /**
   * Takes a head that the server signed, and remembers it if it is the newest.
   *
   * @throws LyingServerException if the log did not only grow between it and the one remembered
   */
  void require(KeyLogHead head) throws IOException {
    StoredPeople people = home.people();
    if (people.head().isEmpty()) {
      home.keep(people.seen(head));
      return;
    }
    StoredPeople.Head seen = people.head().get();
    require(seen.size() <= head.size(), "the server's key log is shorter than when last seen");
    if (seen.size() == head.size()) {
      require(seen.root().equals(head.root()), "the server shows two histories of its key log");
      return;
    }
    requireGrowth(seen, head);
    home.keep(people.seen(head));
  }

  private void requireGrowth(StoredPeople.Head seen, KeyLogHead head) throws IOException {
    Answer<KeyLogGrowth> answer =
        session.send(
            Request.get("/v1/key-log/growth?since=%d&to=%d".formatted(seen.size(), head.size())),
            KeyLogGrowth.class);
    switch (answer) {
      case Answer.Refused<KeyLogGrowth>(Problem problem) ->
          throw new LyingServerException(
              "the server does not show that its key log only grew: " + problem.detail());
      case Answer.Granted<KeyLogGrowth>(KeyLogGrowth growth) -> {
        require(
            growth.head().size() == head.size()
                && growth.proves(
                    seen.size(),
                    seen.root(),
                    connection.server(),
                    connection.pin().info().signingKey()),
            "the server's key log did not only grow since it was last seen");
        require(
            growth.head().root().equals(head.root()),
            "the server shows two histories of its key log");
      }
    }
  }

  private static void require(boolean holds, String otherwise) throws LyingServerException {
    if (!holds) {
      throw new LyingServerException(otherwise);
    }
  }
}
