package org.tidelock.service.http;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;

/** What a request uses up at the gates. */
sealed interface Toll {

  /**
   * A part of what a limit allows somebody.
   *
   * @param subject whom: an address, an account, a name
   * @param uses how many at once: all or none
   */
  record Counted(Limit limit, String subject, int uses) implements Toll {

    String bucket() {
      return limit.name() + "/" + subject;
    }
  }

  /**
   * A nonce of a signed request, or an encapsulation of one that came through the channel. It is
   * used up even if its request then fails: a retry is signed anew.
   *
   * @param key what the nonce is one of: the signer's key, or the channel's
   * @param expiresAt when it would not be taken any more in any case
   */
  record Nonce(Bytes key, Bytes nonce, Instant expiresAt) implements Toll {}
}
