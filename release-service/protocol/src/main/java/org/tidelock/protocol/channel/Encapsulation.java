package org.tidelock.protocol.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Aead;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.Hpke;
import org.tidelock.protocol.suite.HpkeExchange;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * One request and its response under one HPKE context (RFC 9458, sections 4.3 and 4.4). Nothing is
 * kept between exchanges, so any node can answer any request.
 */
public final class Encapsulation implements AutoCloseable {

  /** The media type of an encapsulated request. */
  public static final String REQUEST_TYPE = "message/ohttp-req";

  /** The media type of an encapsulated response. */
  public static final String RESPONSE_TYPE = "message/ohttp-res";

  static final Bytes RESPONSE_LABEL = ascii("message/bhttp response");

  private static final int HEADER_BYTES = 7;

  private final Aead aead;
  private final Bytes encapsulation;
  private final SecretBytes exported;

  Encapsulation(Aead aead, Bytes encapsulation, SecretBytes exported) {
    this.aead = aead;
    this.encapsulation = encapsulation;
    this.exported = exported;
  }

  /**
   * A request on its way.
   *
   * @param message what is sent
   * @param exchange what opens the response; the caller closes it
   */
  public record Sent(Bytes message, Encapsulation exchange) {}

  /**
   * A request that arrived.
   *
   * @param plaintext the request; the caller closes it
   * @param exchange what seals the response; the caller closes it
   */
  public record Received(SecretBytes plaintext, Encapsulation exchange) {}

  /** Seals a request to the server's key, with the first AEAD it names. */
  public static Sent send(ChannelKey key, SecretBytes request) {
    Aead aead = key.aeads().getFirst();
    Bytes header = key.header(aead);
    HpkeExchange.Sent sent =
        Hpke.send(
            key.key(), aead, info(header), request, RESPONSE_LABEL, responseSecretBytes(aead));
    return new Sent(
        Bytes.of(
            new Octets.Writer()
                .raw(header)
                .raw(sent.encapsulation())
                .raw(sent.ciphertext())
                .bytes()),
        new Encapsulation(aead, sent.encapsulation(), sent.exported()));
  }

  /** Opens a request; empty if it is not for this key, or was altered. */
  public static Optional<Received> receive(
      ChannelKey key, EncryptionKey privateKey, Bytes message) {
    byte[] bytes = message.toArray();
    int enc = key.key().suite().encapsulationBytes();
    if (bytes.length < HEADER_BYTES + enc) {
      return Optional.empty();
    }
    Bytes header = Bytes.of(Arrays.copyOf(bytes, HEADER_BYTES));
    Bytes encapsulation = Bytes.of(Arrays.copyOfRange(bytes, HEADER_BYTES, HEADER_BYTES + enc));
    Bytes ciphertext = Bytes.of(Arrays.copyOfRange(bytes, HEADER_BYTES + enc, bytes.length));
    return key.aeads().stream()
        .filter(aead -> key.header(aead).equals(header))
        .findFirst()
        .flatMap(aead -> receive(aead, header, privateKey, encapsulation, ciphertext));
  }

  private static Optional<Received> receive(
      Aead aead, Bytes header, EncryptionKey privateKey, Bytes encapsulation, Bytes ciphertext) {
    HpkeExchange received =
        Hpke.receive(
            privateKey,
            aead,
            info(header),
            encapsulation,
            ciphertext,
            RESPONSE_LABEL,
            responseSecretBytes(aead));
    return received instanceof HpkeExchange.Received(SecretBytes plaintext, SecretBytes exported)
        ? Optional.of(new Received(plaintext, new Encapsulation(aead, encapsulation, exported)))
        : Optional.empty();
  }

  /** What the request is known by: no two honest ones have the same. */
  public Bytes encapsulation() {
    return encapsulation;
  }

  /** Seals the response. */
  public Bytes seal(SecretBytes response) {
    return seal(response, RandomBytes.ofLength(responseSecretBytes(aead)));
  }

  Bytes seal(SecretBytes response, Bytes nonce) {
    try (SecretBytes key = responseKey(nonce)) {
      return Bytes.of(
          new Octets.Writer()
              .raw(nonce)
              .raw(aead.seal(key, responseNonce(nonce), response))
              .bytes());
    }
  }

  /** Opens the response. */
  public Opening open(Bytes message) {
    int nonceBytes = responseSecretBytes(aead);
    if (message.length() < nonceBytes) {
      return new Opening.Refused();
    }
    byte[] bytes = message.toArray();
    Bytes nonce = Bytes.of(Arrays.copyOf(bytes, nonceBytes));
    try (SecretBytes key = responseKey(nonce)) {
      return aead.open(
          key, responseNonce(nonce), Bytes.of(Arrays.copyOfRange(bytes, nonceBytes, bytes.length)));
    }
  }

  @Override
  public void close() {
    exported.close();
  }

  private SecretBytes responseKey(Bytes nonce) {
    return Hkdf.derive(exported, salt(nonce), ascii("key").toArray(), aead.keyBytes());
  }

  private Bytes responseNonce(Bytes nonce) {
    try (SecretBytes derived =
        Hkdf.derive(exported, salt(nonce), ascii("nonce").toArray(), aead.nonceBytes())) {
      return Bytes.of(derived.revealCopy());
    }
  }

  private byte[] salt(Bytes nonce) {
    return new Octets.Writer().raw(encapsulation).raw(nonce).bytes();
  }

  static int responseSecretBytes(Aead aead) {
    return Math.max(aead.keyBytes(), aead.nonceBytes());
  }

  static Bytes info(Bytes header) {
    return Bytes.of(
        new Octets.Writer().raw(ascii("message/bhttp request")).fixed(0, 1).raw(header).bytes());
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
