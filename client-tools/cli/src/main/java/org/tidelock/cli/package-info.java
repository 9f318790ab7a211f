/** The command line of Tidelock: the entry point, what every verb shares, and the exit codes. */
@NullMarked
package org.tidelock.cli;

import org.jspecify.annotations.NullMarked;
