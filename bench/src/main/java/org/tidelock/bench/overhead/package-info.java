/** What the solver costs beyond bare squarings. */
@NullMarked
package org.tidelock.bench.overhead;

import org.jspecify.annotations.NullMarked;
