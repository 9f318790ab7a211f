package org.tidelock.sdk.keys;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.home.ClientHome;

/**
 * A connection to the key server that the server names, pinned in the home at the first use as the
 * server is. Nothing is sent before it is used. Thread-safe.
 */
public final class KeyServerConnection implements AutoCloseable {

  /** More than an account can have records of. */
  private static final int MAX_PAGES = 64;

  private final ServerConnection server;
  private final ClientHome home;
  private @Nullable ServerConnection opened;

  private KeyServerConnection(ServerConnection server, ClientHome home) {
    this.server = server;
    this.home = home;
  }

  /** The key server of a server. */
  public static KeyServerConnection of(ServerConnection server, ClientHome home) {
    return new KeyServerConnection(server, home);
  }

  /**
   * Stores records, all or none. Storing the same ones again changes nothing, and tells the key
   * server what the server has confirmed meanwhile.
   */
  public Answer<Done> store(SigningKey device, KeyTokens tokens, List<WrappedKey> records)
      throws IOException {
    return tokens
        .token(Action.WRITE)
        .then(
            token ->
                connection()
                    .send(
                        device,
                        Request.post("/v1/records", new KeyServing.Records(records)).with(token),
                        Done.class));
  }

  /** Deletes all records of the account. */
  public Answer<Done> delete(SigningKey device, KeyTokens tokens) throws IOException {
    return tokens
        .token(Action.WRITE)
        .then(
            token ->
                connection().send(device, Request.delete("/v1/records").with(token), Done.class));
  }

  /** Fetches the account's records, private keys of every generation among them. */
  public Answer<OwnRecords> fetch(SigningKey device, KeyTokens tokens) throws IOException {
    Set<WrappedKey> all = new LinkedHashSet<>();
    String path = "/v1/records";
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer<KeyServing.Records> answer = page(device, tokens, path);
      if (!(answer instanceof Answer.Granted<KeyServing.Records>(KeyServing.Records records))) {
        return answer.map(_ -> new OwnRecords(List.copyOf(all)));
      }
      all.addAll(records.records());
      long oldest = oldestGeneration(records.records());
      if (oldest <= 1) {
        break;
      }
      path = "/v1/records?before=" + oldest;
    }
    return new Answer.Granted<>(new OwnRecords(List.copyOf(all)));
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  private Answer<KeyServing.Records> page(SigningKey device, KeyTokens tokens, String path)
      throws IOException {
    return tokens
        .token(Action.READ)
        .then(
            token ->
                connection().send(device, Request.get(path).with(token), KeyServing.Records.class));
  }

  /** The oldest generation among the private keys; 0 if there are none. */
  private static long oldestGeneration(List<WrappedKey> records) {
    return records.stream()
        .filter(
            record ->
                record.purpose() == KeyPurpose.SIGNING_KEY
                    || record.purpose() == KeyPurpose.ENCRYPTION_KEY)
        .mapToLong(WrappedKey::version)
        .min()
        .orElse(0);
  }

  private synchronized ServerConnection connection() throws IOException {
    ServerConnection connection = opened;
    if (connection == null) {
      Optional<ServerPin> pin = home.keyServer();
      connection =
          pin.isPresent()
              ? ServerConnection.to(pin.get(), server.clock())
              : ServerConnection.meet(server.pin().info().keyServer(), server.clock());
      if (pin.isEmpty()) {
        home.rememberKeyServer(connection.pin());
      }
      opened = connection;
    }
    return connection;
  }
}
