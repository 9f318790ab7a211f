/** The squaring kernels beside other libraries and beside what the multiplier could do at most. */
@NullMarked
package org.tidelock.bench.compare;

import org.jspecify.annotations.NullMarked;
