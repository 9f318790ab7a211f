/** The verbs of messages: sending them until an hour, reading them, and what a sender decides. */
@NullMarked
package org.tidelock.cli.message;

import org.jspecify.annotations.NullMarked;
