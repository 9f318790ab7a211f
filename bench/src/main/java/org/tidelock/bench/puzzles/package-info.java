/** How fast puzzles are made. */
@NullMarked
package org.tidelock.bench.puzzles;

import org.jspecify.annotations.NullMarked;
