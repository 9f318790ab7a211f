package org.tidelock.service.http;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * On whose behalf a request is made, by its token.
 *
 * @param deviceKey the key whose signature the device's requests carry
 * @param tokenHash SHA-256 of the token
 */
public record Principal(
    AccountId accountId,
    DeviceId deviceId,
    SigningPublicKey deviceKey,
    Grant grant,
    Bytes tokenHash) {}
