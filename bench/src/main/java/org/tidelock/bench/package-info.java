/** The benchmark commands. None of them runs in the build. */
@NullMarked
package org.tidelock.bench;

import org.jspecify.annotations.NullMarked;
