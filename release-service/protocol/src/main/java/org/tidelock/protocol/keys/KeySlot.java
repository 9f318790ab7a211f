package org.tidelock.protocol.keys;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.suite.Suite;

/**
 * The place a wrapped record belongs to: what it must say of itself to be accepted there.
 *
 * @param suite the suite the key belongs to
 * @param account whose key it is
 * @param purpose what is inside
 * @param version which of the versions of that purpose
 * @param publicKey what the secret is known by; see {@link WrappedKey}
 */
public record KeySlot(
    Suite suite, AccountId account, KeyPurpose purpose, long version, Bytes publicKey) {}
