/** How time is taken: many things side by side, in short samples. */
@NullMarked
package org.tidelock.bench.measure;

import org.jspecify.annotations.NullMarked;
