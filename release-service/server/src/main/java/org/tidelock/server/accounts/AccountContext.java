package org.tidelock.server.accounts;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keylog.KeyLogGrowth;
import org.tidelock.protocol.keylog.KeyLogHead;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.server.accounts.KeyLogStore.Leaf;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.RateLimits;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/**
 * What the use cases of this slice stand on.
 *
 * @param inventedAuthKey what a login to a name that nobody has is verified against. Its private
 *     half was forgotten as soon as it was made, and no answer tells anything of it.
 */
record AccountContext(
    Database database,
    CpuWork cpu,
    ServerIdentity server,
    AccountSecrets secrets,
    SigningPublicKey inventedAuthKey,
    RateLimits limits,
    InstantSource clock,
    AccountStore accounts,
    RegistrationStore registrations,
    HandleStore handles,
    DeviceStore devices,
    TokenStore tokens,
    ChallengeStore challenges,
    LoginStore logins,
    KeyLogStore entries,
    KeyLog keyLog,
    LogHeads heads,
    Sessions sessions) {

  static AccountContext of(
      Database database,
      CpuWork cpu,
      ServerIdentity server,
      AccountSecrets secrets,
      RateLimits limits,
      InstantSource clock) {
    KeyLogStore entries = new KeyLogStore();
    TokenStore tokens = new TokenStore();
    return new AccountContext(
        database,
        cpu,
        server,
        secrets,
        forgotten(),
        limits,
        clock,
        new AccountStore(),
        new RegistrationStore(),
        new HandleStore(),
        new DeviceStore(),
        tokens,
        new ChallengeStore(),
        new LoginStore(),
        entries,
        new KeyLog(entries),
        new LogHeads(server, cpu),
        new Sessions(tokens));
  }

  private static SigningPublicKey forgotten() {
    try (SigningKey key = SigningKey.generate()) {
      return key.publicKey();
    }
  }

  /** The time, in whole milliseconds, as it stands on the wire. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The account's newest keys in the log. */
  Leaf newestKeys(Transaction transaction, AccountId account) {
    return entries.newestLater(transaction, account).get();
  }

  /** That a leaf stands in the log as it was when the leaf was read, under a head signed now. */
  KeyLogProof proof(Transaction transaction, Leaf leaf) {
    KeyLog.Proof proof = keyLog.inclusion(transaction, leaf.index(), leaf.size());
    return new KeyLogProof(proof.leafIndex(), proof.path(), head(proof.size(), proof.root()));
  }

  /** That the log only grew from {@code oldSize} entries to {@code size}: a head signed now. */
  KeyLogGrowth growth(Transaction transaction, long oldSize, long size) {
    KeyLog.Growth growth = keyLog.growth(transaction, oldSize, size);
    return new KeyLogGrowth(growth.path(), head(growth.size(), growth.root()));
  }

  private KeyLogHead head(long size, Bytes root) {
    return heads.head(size, root, now());
  }
}
