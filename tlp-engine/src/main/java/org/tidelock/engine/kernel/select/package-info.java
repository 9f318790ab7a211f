/** Which kernel runs: capability first, then a short measurement, and the reason in words. */
@NullMarked
package org.tidelock.engine.kernel.select;

import org.jspecify.annotations.NullMarked;
