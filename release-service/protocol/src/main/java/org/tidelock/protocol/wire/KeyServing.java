package org.tidelock.protocol.wire;

import java.time.Instant;
import java.util.List;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/** The documents of the key server, and of the tokens it asks the server about. */
public final class KeyServing {

  /** What a key server's token allows. */
  public enum Action {
    /** To fetch the account's wrapped records. */
    READ("read"),
    /** To store wrapped records. */
    WRITE("write");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /** How it is written on the wire. */
    public String text() {
      return text;
    }
  }

  /** How many records one document holds at most, and one account. */
  public static final int MAX_RECORDS = 512;

  private KeyServing() {}

  /** Asks the server for a token that the key server takes: once, within a minute. */
  public record TokenRequest(Action action) {}

  /** The token. */
  public record TokenReply(Token token, Instant expiresAt) {}

  /** Asks the server what a token is worth; it is used up by that. */
  public record Introspection(Token token) {}

  /**
   * What it is worth.
   *
   * @param deviceKey what the device signs its requests with: the token is worth nothing without it
   * @param passwordVersion which of the account's passwords is valid: older records can go
   * @param authKey the public half of that password's auth key: what its record is known by
   * @param generation of the account's newest keys
   */
  public record IntrospectionReply(
      AccountId account,
      DeviceId device,
      SigningPublicKey deviceKey,
      Action action,
      long passwordVersion,
      SigningPublicKey authKey,
      long generation) {

    public IntrospectionReply {
      Checks.atLeastOne("passwordVersion", passwordVersion);
      Checks.atLeastOne("generation", generation);
    }
  }

  /**
   * Wrapped records of one account, at most 512. A record is known by its purpose, version and
   * public key: storing one that is there already changes nothing, storing another under the same
   * three is a conflict.
   */
  public record Records(List<WrappedKey> records) {

    public Records {
      records = Checks.atMost("records", records, MAX_RECORDS);
    }
  }
}
