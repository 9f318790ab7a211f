/** The solver, run for hours against a known answer. */
@NullMarked
package org.tidelock.bench.soak;

import org.jspecify.annotations.NullMarked;
