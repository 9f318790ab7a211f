/** Puzzles that the server makes, by trapdoors that it holds in memory only. */
@NullMarked
package org.tidelock.server.puzzles;

import org.jspecify.annotations.NullMarked;
