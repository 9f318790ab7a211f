/**
 * The key log: which public keys each account has had, each announced by the one before, all as
 * leaves of one Merkle tree that the server signs the head of. Who has seen a head notices any
 * entry that is changed or left out later.
 */
@NullMarked
package org.tidelock.protocol.keylog;

import org.jspecify.annotations.NullMarked;
