package org.tidelock.protocol.suite;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.tidelock.engine.puzzle.Bytes;

/**
 * Hybrid public key encryption in base mode with HKDF-SHA256 and AES-256-GCM (RFC 9180, single-shot
 * of section 6.1), of BouncyCastle; the suite of the key says which encapsulation. A sealed message
 * is the encapsulated key followed by the ciphertext. Base mode says nothing of the sender.
 *
 * <p>Thread-safe: BouncyCastle's objects are not, so each call makes its own.
 */
public final class Hpke {

  private Hpke() {}

  /**
   * Encrypts to a public key.
   *
   * @param info what the message is for: the same must be given to open it
   */
  public static Bytes seal(
      EncryptionPublicKey recipient, Bytes info, Bytes associatedData, SecretBytes plaintext) {
    return seal(recipient, HPKE.aead_AES_GCM256, info, associatedData, plaintext);
  }

  /** Decrypts what {@link #seal} made, with the same info and associated data only. */
  public static Opening open(
      EncryptionKey recipient, Bytes info, Bytes associatedData, Bytes sealed) {
    return open(recipient, HPKE.aead_AES_GCM256, info, associatedData, sealed);
  }

  /**
   * Encrypts to a public key and derives a secret for the way back.
   *
   * @param info what the message is for
   * @param exporterContext what the secret is for
   * @param exportedBytes how long it is
   */
  public static HpkeExchange.Sent send(
      EncryptionPublicKey recipient,
      Aead aead,
      Bytes info,
      SecretBytes plaintext,
      Bytes exporterContext,
      int exportedBytes) {
    HPKE hpke = configured(recipient.suite(), (short) aead.id());
    var context =
        hpke.setupBaseS(hpke.deserializePublicKey(recipient.value().toArray()), info.toArray());
    return sent(context, plaintext, exporterContext, exportedBytes);
  }

  /** As {@link #send}, with an encapsulation that published values name. */
  static HpkeExchange.Sent unsafeSendWithEphemeral(
      EncryptionPublicKey recipient,
      EncryptionKey ephemeral,
      Aead aead,
      Bytes info,
      SecretBytes plaintext,
      Bytes exporterContext,
      int exportedBytes) {
    HPKE hpke = configured(recipient.suite(), (short) aead.id());
    var context =
        hpke.setupBaseS(
            hpke.deserializePublicKey(recipient.value().toArray()),
            info.toArray(),
            ephemeral.pair(hpke));
    return sent(context, plaintext, exporterContext, exportedBytes);
  }

  /** The recipient's side of {@link #send}. */
  public static HpkeExchange receive(
      EncryptionKey recipient,
      Aead aead,
      Bytes info,
      Bytes encapsulation,
      Bytes ciphertext,
      Bytes exporterContext,
      int exportedBytes) {
    if (encapsulation.length() != recipient.suite().encapsulationBytes()
        || ciphertext.length() < AesGcm.TAG_BYTES) {
      return new HpkeExchange.Refused();
    }
    HPKE hpke = configured(recipient.suite(), (short) aead.id());
    try {
      var context = hpke.setupBaseR(encapsulation.toArray(), recipient.pair(hpke), info.toArray());
      return new HpkeExchange.Received(
          SecretBytes.takeOver(context.open(new byte[0], ciphertext.toArray())),
          SecretBytes.takeOver(context.export(exporterContext.toArray(), exportedBytes)));
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
      // As in open.
      return new HpkeExchange.Refused();
    }
  }

  private static HpkeExchange.Sent sent(
      HPKEContextWithEncapsulation context,
      SecretBytes plaintext,
      Bytes exporterContext,
      int exportedBytes) {
    try {
      return new HpkeExchange.Sent(
          Bytes.of(context.getEncapsulation()),
          Bytes.of(context.seal(new byte[0], plaintext.array())),
          SecretBytes.takeOver(context.export(exporterContext.toArray(), exportedBytes)));
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("AES-GCM encrypts every plaintext", e);
    }
  }

  static Bytes seal(
      EncryptionPublicKey recipient,
      short aead,
      Bytes info,
      Bytes associatedData,
      SecretBytes plaintext) {
    HPKE hpke = configured(recipient.suite(), aead);
    try {
      var context =
          hpke.setupBaseS(hpke.deserializePublicKey(recipient.value().toArray()), info.toArray());
      byte[] encapsulation = context.getEncapsulation();
      byte[] ciphertext = context.seal(associatedData.toArray(), plaintext.array());
      byte[] sealed = Arrays.copyOf(encapsulation, encapsulation.length + ciphertext.length);
      System.arraycopy(ciphertext, 0, sealed, encapsulation.length, ciphertext.length);
      return Bytes.of(sealed);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("AES-GCM encrypts every plaintext", e);
    }
  }

  static Opening open(
      EncryptionKey recipient, short aead, Bytes info, Bytes associatedData, Bytes sealed) {
    int split = recipient.suite().encapsulationBytes();
    if (sealed.length() < split + AesGcm.TAG_BYTES) {
      return new Opening.Refused();
    }
    byte[] bytes = sealed.toArray();
    HPKE hpke = configured(recipient.suite(), aead);
    AsymmetricCipherKeyPair pair = recipient.pair(hpke);
    try {
      var context = hpke.setupBaseR(Arrays.copyOf(bytes, split), pair, info.toArray());
      return new Opening.Opened(
          SecretBytes.takeOver(
              context.open(associatedData.toArray(), bytes, split, bytes.length - split)));
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
      // A bad tag, or an encapsulated key that is no key or a point of small order.
      return new Opening.Refused();
    }
  }

  /** Whether encapsulating to these bytes works: they are no point of small order, for one. */
  static boolean canEncryptTo(Suite suite, Bytes publicKey) {
    if (suite == Suite.X25519) {
      // All that setting up would look at, without its two multiplications.
      return !SmallOrder.isOnX25519(publicKey);
    }
    HPKE hpke = configured(suite, HPKE.aead_AES_GCM256);
    try {
      hpke.setupBaseS(hpke.deserializePublicKey(publicKey.toArray()), new byte[0]);
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      return false;
    }
  }

  static HPKE configured(Suite suite, short aead) {
    return new HPKE(HPKE.mode_base, suite.kemId(), HPKE.kdf_HKDF_SHA256, aead);
  }
}
