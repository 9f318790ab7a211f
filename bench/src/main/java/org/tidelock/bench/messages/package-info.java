/** Sends a second, releases, inboxes and idle sockets, with few messages waiting and with many. */
@NullMarked
package org.tidelock.bench.messages;

import org.jspecify.annotations.NullMarked;
