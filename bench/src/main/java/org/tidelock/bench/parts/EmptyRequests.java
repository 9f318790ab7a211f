package org.tidelock.bench.parts;

import java.io.IOException;
import java.util.List;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;

/** Requests that the server answers without looking anything up: there is no such path. */
public final class EmptyRequests {

  private final List<ServerConnection> connections;
  private final SigningKey device = SigningKey.generate();

  /** Over these connections, each caller over one of them. */
  public EmptyRequests(List<ServerConnection> connections) {
    this.connections = connections;
  }

  /** Sends one. */
  public void send(int caller) throws IOException {
    Answer<ServerInfo> answer =
        connections
            .get(caller % connections.size())
            .send(device, Request.get("/v1/nothing"), ServerInfo.class);
    if (answer instanceof Answer.Granted<ServerInfo>) {
      throw new IOException("there is something at /v1/nothing");
    }
  }
}
