package org.tidelock.protocol.keylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

class KeyLogEntryTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");

  private final ServerId server = ServerId.random();
  private final AccountId account = AccountId.random();
  private final SigningKey first = SigningKey.generate();
  private final SigningKey second = SigningKey.generate();
  private final EncryptionKey encryption = EncryptionKey.generate(Suite.X25519);
  private final KeyLogEntry entry =
      KeyLogEntry.first(server, account, first, encryption.publicKey(), NOW);

  @Test
  void theFirstEntryIsSignedByItself() {
    assertThat(entry.isSigned(server, first.publicKey())).isTrue();
    assertThat(entry.isSigned(ServerId.random(), first.publicKey())).isFalse();
    assertThat(entry.isSigned(server, second.publicKey())).isFalse();
  }

  @Test
  void theNextEntryIsSignedByTheKeyBeforeAndPointsToIt() {
    KeyLogEntry next = entry.next(server, first, second, encryption.publicKey(), NOW);

    assertThat(next.generation()).isEqualTo(2);
    assertThat(next.previous()).isEqualTo(entry.leafHash());
    assertThat(next.isSigned(server, first.publicKey())).isTrue();
    assertThat(next.isSigned(server, second.publicKey())).isFalse();
  }

  @Test
  void anEntryApprovedByAnotherKeyIsNotSigned() {
    KeyLogEntry forged = entry.next(server, second, second, encryption.publicKey(), NOW);

    assertThat(forged.isSigned(server, first.publicKey())).isFalse();
  }

  @Test
  void aSwappedEncryptionKeyIsNotSigned() {
    KeyLogEntry swapped =
        new KeyLogEntry(
            entry.suite(),
            account,
            1,
            entry.signingKey(),
            EncryptionKey.generate(Suite.X25519).publicKey(),
            entry.previous(),
            NOW,
            entry.signature(),
            entry.approval());

    assertThat(swapped.isSigned(server, first.publicKey())).isFalse();
    assertThat(swapped.leafHash()).isNotEqualTo(entry.leafHash());
  }

  @Test
  void anEntryOfAnotherSuiteThanItsKeyDoesNotExist() {
    assertThatThrownBy(
            () ->
                new KeyLogEntry(
                    Suite.X_WING,
                    account,
                    1,
                    entry.signingKey(),
                    entry.encryptionKey(),
                    entry.previous(),
                    NOW,
                    entry.signature(),
                    entry.approval()))
        .hasMessage("encryption key is of suite 1; the entry says 2");
  }

  @Test
  void aProofHoldsForItsEntryUnderTheServersKey() {
    SigningKey serverKey = SigningKey.generate();
    MerkleTree tree =
        MerkleTree.of(List.of(MerkleTree.leafHash(Bytes.ofHex("00")), entry.leafHash()));
    KeyLogHead head = KeyLogHead.sign(server, serverKey, 2, tree.root(), NOW);
    KeyLogProof proof = new KeyLogProof(1, tree.inclusionProof(1), head);

    assertThat(proof.proves(entry, server, serverKey.publicKey())).isTrue();
    assertThat(proof.proves(entry, server, first.publicKey())).isFalse();
    assertThat(proof.proves(entry, ServerId.random(), serverKey.publicKey())).isFalse();
    assertThat(
            proof.proves(
                KeyLogEntry.first(server, account, second, encryption.publicKey(), NOW),
                server,
                serverKey.publicKey()))
        .isFalse();
  }

  @Test
  void growthIsProvenFromARememberedHeadAndForkIsNoticed() {
    SigningKey serverKey = SigningKey.generate();
    List<Bytes> leaves =
        List.of(
            entry.leafHash(),
            MerkleTree.leafHash(Bytes.ofHex("01")),
            MerkleTree.leafHash(Bytes.ofHex("02")));
    Bytes remembered = MerkleTree.of(leaves.subList(0, 2)).root();
    MerkleTree today = MerkleTree.of(leaves);
    KeyLogHead head = KeyLogHead.sign(server, serverKey, 3, today.root(), NOW);
    KeyLogGrowth growth = new KeyLogGrowth(today.consistencyProof(2), head);
    Bytes forked =
        MerkleTree.of(List.of(entry.leafHash(), MerkleTree.leafHash(Bytes.ofHex("0f")))).root();

    assertThat(growth.proves(2, remembered, server, serverKey.publicKey())).isTrue();
    assertThat(growth.proves(2, forked, server, serverKey.publicKey())).isFalse();
  }
}
