/**
 * What a time-lock puzzle is: its numbers, how it is made with the trapdoor, how it is encoded, and
 * how a solution opens it. The RSW construction of Rivest, Shamir and Wagner (1996).
 */
@NullMarked
package org.tidelock.engine.puzzle;

import org.jspecify.annotations.NullMarked;
