/**
 * Signed requests (HTTP Message Signatures, RFC 9421, with the digest of RFC 9530) and the receipts
 * a server signs for its replies.
 */
@NullMarked
package org.tidelock.protocol.signing;

import org.jspecify.annotations.NullMarked;
