/** Whether names that exist can be told from others by the time their answers take. */
@NullMarked
package org.tidelock.bench.enumeration;

import org.jspecify.annotations.NullMarked;
