package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.accounts.TokenStore.Kind;
import org.tidelock.service.db.Transaction;

/** Gives tokens out. What the database keeps of one is its hash. */
final class Sessions {

  static final Duration LOGIN_LIFETIME = Duration.ofMinutes(15);
  static final Duration ACCESS_LIFETIME = Duration.ofMinutes(15);
  static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

  private static final int FAMILY_BYTES = 16;

  private final TokenStore tokens;

  Sessions(TokenStore tokens) {
    this.tokens = tokens;
  }

  /** Full tokens, the first of a family. */
  Session.Tokens open(Transaction transaction, DeviceId device, Instant now) {
    return grant(transaction, newFamily(transaction, device, now), now);
  }

  /** Full tokens in a family; its access tokens so far end. */
  Session.Tokens grant(Transaction transaction, Bytes family, Instant now) {
    tokens.deleteAccessTokens(transaction, family);
    Token access = Token.random();
    Token refresh = Token.random();
    Instant accessEnds = now.plus(ACCESS_LIFETIME);
    Instant refreshEnds = now.plus(REFRESH_LIFETIME);
    tokens.insert(transaction, access.hash(), family, Kind.FULL, accessEnds);
    tokens.insert(transaction, refresh.hash(), family, Kind.REFRESH, refreshEnds);
    return new Session.Tokens(access, accessEnds, refresh, refreshEnds);
  }

  private Bytes newFamily(Transaction transaction, DeviceId device, Instant now) {
    Bytes family = newFamilyId();
    tokens.insertFamily(transaction, family, device, now);
    return family;
  }

  /** 16 random bytes. */
  static Bytes newFamilyId() {
    return RandomBytes.ofLength(FAMILY_BYTES);
  }
}
