package org.tidelock.service.http;

import java.util.Optional;
import org.tidelock.protocol.wire.Token;

/** Knows the tokens that were given out. */
@FunctionalInterface
public interface Authenticator {

  /**
   * On whose behalf the token speaks; empty if it is unknown, expired or revoked.
   *
   * @throws Refusal if that cannot be told now
   */
  Optional<Principal> authenticate(Token token);
}
