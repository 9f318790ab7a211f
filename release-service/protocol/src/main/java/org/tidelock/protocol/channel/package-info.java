/**
 * The application channel inside TLS: Oblivious HTTP (RFC 9458) between a client and the server's
 * own key, for deployments where a proxy ends TLS. Requests and responses inside are binary HTTP
 * (RFC 9292) of known length.
 */
@NullMarked
package org.tidelock.protocol.channel;

import org.jspecify.annotations.NullMarked;
