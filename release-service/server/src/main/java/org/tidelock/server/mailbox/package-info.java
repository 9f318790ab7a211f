/** Queues of devices: what each has to know, until it says that it does. */
@NullMarked
package org.tidelock.server.mailbox;

import org.jspecify.annotations.NullMarked;
