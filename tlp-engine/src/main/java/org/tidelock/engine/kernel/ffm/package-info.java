/**
 * Kernels in native code: libtidelock, packed in the jar, and the system's libgmp.
 *
 * <p>The only package that touches {@code java.lang.foreign}; none of its types leave it. What
 * cannot be loaded is a reason and a remedy, never an exception, until a kernel is opened by force.
 */
@NullMarked
package org.tidelock.engine.kernel.ffm;

import org.jspecify.annotations.NullMarked;
