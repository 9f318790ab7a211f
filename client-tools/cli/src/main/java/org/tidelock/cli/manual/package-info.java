/** What is derived from the commands themselves: the man page and the shell completion. */
@NullMarked
package org.tidelock.cli.manual;

import org.jspecify.annotations.NullMarked;
