package org.tidelock.protocol.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.Unwrapping.Altered;
import org.tidelock.protocol.keys.Unwrapping.Mixed;
import org.tidelock.protocol.keys.Unwrapping.RolledBack;
import org.tidelock.protocol.keys.Unwrapping.Unwrapped;
import org.tidelock.protocol.keys.Unwrapping.WrongKey;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

class KeyScheduleTest {

  private static final Argon2Cost FLOOR = new Argon2Cost(19 * 1024, 2, 1);

  private final AccountId account = AccountId.random();
  private final AccountKey accountKey = AccountKey.generate();
  private final PasswordKeys password =
      PasswordKeys.derive("correct horse".toCharArray(), PasswordKdf.fresh(FLOOR));
  private final RecoveryKey recovery = RecoveryKey.generate();

  @Test
  void passwordAndRecoveryKeyOpenTheSameAccountKey() {
    WrappedKey byPassword = password.wrap(accountKey, account, 1);
    WrappedKey byRecovery = recovery.wrap(accountKey, account, 1);

    assertThat(secretOf(password.unwrap(byPassword, account, 1)).matches(accountKey.secret()))
        .isTrue();
    assertThat(secretOf(recovery.unwrap(byRecovery, account, 1)).matches(accountKey.secret()))
        .isTrue();
  }

  @Test
  void theSamePasswordDerivesTheSameKeysElsewhere() {
    PasswordKeys again = PasswordKeys.derive("correct horse".toCharArray(), password.kdf());
    PasswordKeys other = PasswordKeys.derive("correct house".toCharArray(), password.kdf());

    assertThat(again.authKey().publicKey()).isEqualTo(password.authKey().publicKey());
    assertThat(other.authKey().publicKey()).isNotEqualTo(password.authKey().publicKey());
  }

  @Test
  void anotherPasswordIsRefused() {
    WrappedKey wrapped = password.wrap(accountKey, account, 1);
    PasswordKeys other = PasswordKeys.derive("wrong".toCharArray(), password.kdf());

    assertThat(other.unwrap(wrapped, account, 1)).isInstanceOf(WrongKey.class);
    assertThat(RecoveryKey.generate().unwrap(recovery.wrap(accountKey, account, 1), account, 1))
        .isInstanceOf(WrongKey.class);
  }

  @Test
  void aRecordUnderAnotherSecretIsAWrongKey() {
    KeySlot slot =
        new KeySlot(Suite.X25519, account, KeyPurpose.SIGNING_KEY, 1, Bytes.of(new byte[32]));
    WrappedKey wrapped =
        KeyWrap.seal(
            slot, new KeyDerivation.FromKey(), SecretBytes.random(32), SecretBytes.random(32));

    assertThat(KeyWrap.open(wrapped, slot, SecretBytes.random(32))).isInstanceOf(WrongKey.class);
  }

  @Test
  void anotherAccountsRecordIsRefused() {
    WrappedKey wrapped = password.wrap(accountKey, AccountId.random(), 1);

    assertThat(password.unwrap(wrapped, account, 1))
        .isInstanceOfSatisfying(
            Mixed.class, mixed -> assertThat(mixed.reason()).contains("account"));
  }

  @Test
  void anOlderVersionIsARollback() {
    WrappedKey wrapped = password.wrap(accountKey, account, 3);

    assertThat(password.unwrap(wrapped, account, 4)).isEqualTo(new RolledBack(3, 4));
    assertThat(password.unwrap(wrapped, account, 2)).isInstanceOf(Mixed.class);
  }

  @Test
  void everyAlteredFieldIsNoticed() {
    WrappedKey good = recovery.wrap(accountKey, account, 1);
    Bytes flippedTag = flipped(good.ciphertext(), good.ciphertext().length() - 1);
    Bytes flippedCommitment = flipped(good.ciphertext(), 0);

    assertThat(recovery.unwrap(with(good, good.salt(), good.iv(), flippedTag), account, 1))
        .isInstanceOf(Altered.class);
    assertThat(recovery.unwrap(with(good, good.salt(), good.iv(), flippedCommitment), account, 1))
        .isInstanceOf(WrongKey.class);
    assertThat(
            recovery.unwrap(
                with(good, good.salt(), flipped(good.iv(), 3), good.ciphertext()), account, 1))
        .isInstanceOf(Altered.class);
    assertThat(
            recovery.unwrap(
                with(good, flipped(good.salt(), 3), good.iv(), good.ciphertext()), account, 1))
        .isInstanceOf(WrongKey.class);
  }

  /** The server claims that an old record is the version that is expected now. */
  @Test
  void aRelabelledVersionIsNoticed() {
    WrappedKey old = recovery.wrap(accountKey, account, 1);
    WrappedKey relabelled =
        new WrappedKey(
            old.suite(),
            old.account(),
            old.purpose(),
            2,
            old.kdf(),
            old.salt(),
            old.iv(),
            old.publicKey(),
            old.ciphertext());

    assertThat(recovery.unwrap(relabelled, account, 2)).isInstanceOf(Altered.class);
  }

  @Test
  void aRelabelledCostIsNoticed() {
    WrappedKey wrapped = password.wrap(accountKey, account, 1);
    WrappedKey relabelled =
        new WrappedKey(
            wrapped.suite(),
            wrapped.account(),
            wrapped.purpose(),
            1,
            new KeyDerivation.FromPassword(Argon2Cost.DEFAULT),
            wrapped.salt(),
            wrapped.iv(),
            wrapped.publicKey(),
            wrapped.ciphertext());

    assertThat(password.unwrap(relabelled, account, 1)).isInstanceOf(Altered.class);
  }

  @ParameterizedTest
  @EnumSource
  void theAccountKeyOpensPrivateKeysOfEveryGeneration(Suite suite) {
    for (long generation : new long[] {1, 2, 7}) {
      SigningKey signing = SigningKey.generate();
      EncryptionKey encryption = EncryptionKey.generate(suite);
      WrappedKey wrappedSigning = accountKey.wrap(suite, signing, account, generation);
      WrappedKey wrappedEncryption = accountKey.wrap(encryption, account, generation);

      assertThat(accountKey.unwrap(wrappedSigning, suite, signing.publicKey(), account, generation))
          .isInstanceOfSatisfying(
              Unwrapped.class,
              opened -> assertThat(opened.secret().matches(signing.revealSeed())).isTrue());
      assertThat(accountKey.unwrap(wrappedEncryption, encryption.publicKey(), account, generation))
          .isInstanceOfSatisfying(
              Unwrapped.class,
              opened -> assertThat(opened.secret().matches(encryption.revealPrivate())).isTrue());
      assertThat(accountKey.unwrap(wrappedSigning, encryption.publicKey(), account, generation))
          .isInstanceOf(Mixed.class);
    }
  }

  @Test
  void aRecordThatHoldsAnotherKeyThanItSaysIsRefused() {
    SigningKey stated = SigningKey.generate();
    SigningKey inside = SigningKey.generate();
    WrappedKey lying =
        KeyWrap.seal(
            new KeySlot(
                Suite.X25519, account, KeyPurpose.SIGNING_KEY, 1, stated.publicKey().value()),
            new KeyDerivation.FromKey(),
            accountKey.secret(),
            inside.revealSeed());

    assertThat(accountKey.unwrap(lying, Suite.X25519, stated.publicKey(), account, 1))
        .isInstanceOfSatisfying(
            Mixed.class, mixed -> assertThat(mixed.reason()).contains("private key inside"));
  }

  @Test
  void aRecoveryKeyIsReadHoweverItWasWrittenDown() {
    String text = recovery.revealText();

    assertThat(text).matches("tlr1 ([02-9ac-hj-np-z]{4} ){14}[02-9ac-hj-np-z]{2}");
    for (String written :
        new String[] {
          text,
          text.toUpperCase(Locale.ROOT),
          text.replace(" ", ""),
          text.replace(' ', '-'),
          " " + text + "\n"
        }) {
      assertThat(RecoveryKey.parse(written).authKey().publicKey())
          .isEqualTo(recovery.authKey().publicKey());
    }
  }

  @Test
  void aMistypedRecoveryKeyIsRefusedWithoutRepeatingIt() {
    String text = recovery.revealText();
    char wrong = text.charAt(10) == 'q' ? 'p' : 'q';
    String mistyped = text.substring(0, 10) + wrong + text.substring(11);

    assertThatThrownBy(() -> RecoveryKey.parse(mistyped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("that is not a recovery key")
        .hasMessageNotContaining(text.substring(20, 24))
        .hasNoCause();
    assertThatThrownBy(() -> RecoveryKey.parse("")).hasMessageContaining("62 characters");
  }

  private static SecretBytes secretOf(Unwrapping unwrapping) {
    return switch (unwrapping) {
      case Unwrapped opened -> opened.secret();
      default -> throw new AssertionError(unwrapping.toString());
    };
  }

  private static WrappedKey with(WrappedKey key, Bytes salt, Bytes iv, Bytes ciphertext) {
    return new WrappedKey(
        key.suite(),
        key.account(),
        key.purpose(),
        key.version(),
        key.kdf(),
        salt,
        iv,
        key.publicKey(),
        ciphertext);
  }

  private static Bytes flipped(Bytes bytes, int index) {
    byte[] array = bytes.toArray();
    array[index] ^= 1;
    return Bytes.of(array);
  }
}
