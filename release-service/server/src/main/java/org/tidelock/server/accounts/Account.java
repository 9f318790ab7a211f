package org.tidelock.server.accounts;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * An account as the server knows it.
 *
 * @param kdf how the password becomes keys, on the client
 * @param authKey the public half of the key that the password gives
 * @param recoveryAuthKey the public half of the key that the recovery key gives
 * @param passwordVersion counts the passwords, from 1
 * @param recoveryVersion counts the recovery keys, from 1
 * @param keyGeneration counts the signing and encryption keys, from 1
 * @param disabled whether the operator keeps its owner from logging in
 */
record Account(
    AccountId id,
    AccountName name,
    PasswordKdf kdf,
    SigningPublicKey authKey,
    SigningPublicKey recoveryAuthKey,
    long passwordVersion,
    long recoveryVersion,
    long keyGeneration,
    SigningPublicKey signingKey,
    EncryptionPublicKey encryptionKey,
    boolean disabled) {}
