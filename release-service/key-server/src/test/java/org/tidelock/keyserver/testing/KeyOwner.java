package org.tidelock.keyserver.testing;

import java.util.List;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.Wire.Answer;

/** Somebody with an account, and what such a person asks of the key server. */
public final class KeyOwner {

  public final Person person;
  public final Person.Device device;
  private final RunningKeyServer running;
  private final List<WrappedKey> wrapped;
  private Token accessToken;

  private KeyOwner(RunningKeyServer running, Person person, Person.Registered registered) {
    this.running = running;
    this.person = person;
    this.device = registered.device();
    this.accessToken = registered.token();
    this.wrapped =
        List.of(
            person.password.wrap(person.accountKey, person.id, 1),
            person.recovery.wrap(person.accountKey, person.id, 1),
            person.accountKey.wrap(Suite.X25519, person.signing, person.id, 1),
            person.accountKey.wrap(person.encryption, person.id, 1));
  }

  /** Somebody with an account on the server and nothing on the key server yet. */
  public static KeyOwner registered(RunningKeyServer running, String name) {
    Person person = new Person(running.server().wire(), name);
    return new KeyOwner(running, person, person.register(running.server()));
  }

  /** The account's first four records: always the same ones. */
  public List<WrappedKey> wrapped() {
    return wrapped;
  }

  /** The token of the present session at the server. */
  public Token accessToken() {
    return accessToken;
  }

  /** From now on the session is another. */
  public void continueWith(Token token) {
    accessToken = token;
  }

  /** A fresh token for the key server. */
  public Token token(Action action) {
    return tokenOf(device, accessToken, action);
  }

  /** A fresh token for the key server, of another device. */
  public Token tokenOf(Person.Device of, Token session, Action action) {
    return of.post("/v1/key-server-tokens", session, new KeyServing.TokenRequest(action))
        .as(KeyServing.TokenReply.class)
        .token();
  }

  public Answer put(Token token, List<WrappedKey> records) {
    return running
        .wire()
        .signed(device.key, "POST", "/v1/records", token, new KeyServing.Records(records));
  }

  public List<WrappedKey> get(Token token) {
    return answered(token).as(KeyServing.Records.class).records();
  }

  public Answer answered(Token token) {
    return running.wire().send("GET", "/v1/records", token, null);
  }

  /** What the key server has, fetched with a fresh token. */
  public List<WrappedKey> fetched() {
    return get(token(Action.READ));
  }
}
