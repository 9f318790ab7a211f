/** Puzzles from files to answers: reading them, solving them side by side, showing how it goes. */
@NullMarked
package org.tidelock.cli.solving;

import org.jspecify.annotations.NullMarked;
