/** Times as people write and read them: lengths of time, instants, and how they are printed. */
@NullMarked
package org.tidelock.cli.time;

import org.jspecify.annotations.NullMarked;
