/** What the command talks to: the three streams, JSON, progress, signals. */
@NullMarked
package org.tidelock.cli.terminal;

import org.jspecify.annotations.NullMarked;
