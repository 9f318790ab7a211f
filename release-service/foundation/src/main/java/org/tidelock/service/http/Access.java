package org.tidelock.service.http;

import java.util.Set;

/**
 * What a request has to bring before its route sees it; together with {@link Grant}, the only place
 * where it is decided who may do what. Whatever a token allows, it allows for its own account and
 * device.
 */
public enum Access {
  /** Nothing. */
  ANYONE(false),
  /** A signature by whatever key the request names: who has no account yet proves to hold a key. */
  ANY_KEY(true),
  /** A token from a password login or better. */
  LOGGED_IN(false, Grant.LOGIN, Grant.FULL),
  /** A token from a password login or better, and the device's signature. */
  LOGGED_IN_SIGNED(true, Grant.LOGIN, Grant.FULL),
  /** A token from an answered session challenge. */
  FULL(false, Grant.FULL),
  /** A token from an answered session challenge, and the device's signature. */
  FULL_SIGNED(true, Grant.FULL);

  private final boolean signed;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes one that cannot change.
  private final Set<Grant> grants;

  Access(boolean signed, Grant... grants) {
    this.signed = signed;
    this.grants = Set.of(grants);
  }

  boolean signed() {
    return signed;
  }

  boolean needsToken() {
    return !grants.isEmpty();
  }

  boolean allows(Grant grant) {
    return grants.contains(grant);
  }
}
