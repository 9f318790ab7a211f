/**
 * Solving: long chains of squarings that check themselves, survive kill -9 and stop promptly.
 *
 * <p>{@link org.tidelock.engine.solve.Solver} reads as the story; {@code GerbiczBlock} holds the
 * error check, {@link org.tidelock.engine.solve.CheckpointStore} what is on disk.
 */
@NullMarked
package org.tidelock.engine.solve;

import org.jspecify.annotations.NullMarked;
