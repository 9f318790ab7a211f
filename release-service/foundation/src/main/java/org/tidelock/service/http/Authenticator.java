package org.tidelock.service.http;

import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;

/** Knows the tokens that were given out. */
@FunctionalInterface
public interface Authenticator {

  /**
   * On whose behalf the token with this hash speaks; empty if it is unknown, expired or revoked.
   */
  Optional<Principal> authenticate(Bytes tokenHash);
}
