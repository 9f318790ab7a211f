/** Handing out what opens messages, at their time and not before, and telling whoever waits. */
@NullMarked
package org.tidelock.server.release;

import org.jspecify.annotations.NullMarked;
