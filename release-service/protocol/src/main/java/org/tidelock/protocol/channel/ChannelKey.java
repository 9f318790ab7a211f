package org.tidelock.protocol.channel;

import java.util.ArrayList;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Aead;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.Suite;

/**
 * A key configuration (RFC 9458, section 3) of this channel: DHKEM(X25519, HKDF-SHA256),
 * HKDF-SHA256, and one AEAD or several.
 *
 * @param id which of the server's keys it is, 0 to 255
 */
public record ChannelKey(int id, EncryptionPublicKey key, List<Aead> aeads) {

  /** The media type of a list of key configurations. */
  public static final String MEDIA_TYPE = "application/ohttp-keys";

  /** The reply field with the server's signature over the list. */
  public static final String SIGNATURE_FIELD = "tidelock-signature";

  private static final int KEM = 0x0020;
  private static final int KDF = 0x0001;
  private static final int ALGORITHM_BYTES = 4;

  public ChannelKey {
    aeads = List.copyOf(aeads);
    if (id < 0 || id > 255 || key.suite() != Suite.X25519 || aeads.isEmpty()) {
      throw new IllegalArgumentException("a channel key is one byte of id and a key of suite 1");
    }
  }

  /** The key configuration. */
  public Bytes encoded() {
    Octets.Writer out = new Octets.Writer().fixed(id, 1).fixed(KEM, 2).raw(key.value());
    out.fixed(aeads.size() * ALGORITHM_BYTES, 2);
    aeads.forEach(aead -> out.fixed(KDF, 2).fixed(aead.id(), 2));
    return Bytes.of(out.bytes());
  }

  /** Reads a key configuration; AEADs that are not known here are left out. */
  public static ChannelKey decode(Bytes configuration) throws MalformedChannelException {
    Octets in = Octets.of(configuration.toArray());
    int id = in.fixed(1);
    if (in.fixed(2) != KEM) {
      throw new MalformedChannelException("the key is not of DHKEM(X25519, HKDF-SHA256)");
    }
    byte[] key = in.take(Suite.X25519.publicKeyBytes());
    Octets algorithms = Octets.of(in.take(in.fixed(2)));
    List<Aead> aeads = new ArrayList<>();
    while (algorithms.hasMore()) {
      int kdf = algorithms.fixed(2);
      int aead = algorithms.fixed(2);
      for (Aead known : Aead.values()) {
        if (kdf == KDF && aead == known.id()) {
          aeads.add(known);
        }
      }
    }
    if (in.hasMore()) {
      throw new MalformedChannelException("something follows the key configuration");
    }
    try {
      return new ChannelKey(id, new EncryptionPublicKey(Suite.X25519, Bytes.of(key)), aeads);
    } catch (IllegalArgumentException e) {
      throw new MalformedChannelException(String.valueOf(e.getMessage()));
    }
  }

  /** A list with this one key, as it is served. */
  public Bytes asList() {
    Bytes encoded = encoded();
    return Bytes.of(new Octets.Writer().fixed(encoded.length(), 2).raw(encoded).bytes());
  }

  /** The first key of a list. */
  public static ChannelKey firstOf(Bytes list) throws MalformedChannelException {
    Octets in = Octets.of(list.toArray());
    return decode(Bytes.of(in.take(in.fixed(2))));
  }

  /** What the server signs, so that whoever pinned its signing key knows this one. */
  public static Canonical statement(ServerId server, Bytes list) {
    return new Canonical("tidelock/v1/channel-keys").bytes(server.value()).bytes(list);
  }

  /** What stands before each request: key, encapsulation, key derivation, encryption. */
  Bytes header(Aead aead) {
    return Bytes.of(
        new Octets.Writer().fixed(id, 1).fixed(KEM, 2).fixed(KDF, 2).fixed(aead.id(), 2).bytes());
  }
}
