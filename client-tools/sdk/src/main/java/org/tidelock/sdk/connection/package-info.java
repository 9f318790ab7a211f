/**
 * The connection to a server that is not trusted: its certificate and keys pinned on first use,
 * every request signed, every answer checked against its receipt.
 */
@NullMarked
package org.tidelock.sdk.connection;

import org.jspecify.annotations.NullMarked;
