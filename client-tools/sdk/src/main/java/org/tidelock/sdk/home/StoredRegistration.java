package org.tidelock.sdk.home;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;

/**
 * A registration that waits for its code.
 *
 * @param registration the server's identifier of it
 * @param expiresAt until when the code is taken
 * @param identity who the owner will be
 */
public record StoredRegistration(Bytes registration, Instant expiresAt, StoredIdentity identity) {}
