/** Kernels in plain Java: they run wherever the program does, and the oracle is among them. */
@NullMarked
package org.tidelock.engine.kernel.jvm;

import org.jspecify.annotations.NullMarked;
