/**
 * What squares modulo N: the interface every kernel implements and the values it speaks in.
 *
 * <p>Implementations live in {@code kernel.jvm} (plain Java) and {@code kernel.ffm} (native code);
 * {@code kernel.select} chooses among them. Nothing here knows what a puzzle is.
 */
@NullMarked
package org.tidelock.engine.kernel;

import org.jspecify.annotations.NullMarked;
