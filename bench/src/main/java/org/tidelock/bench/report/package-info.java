/** Samples, tables, pictures and the files they are kept in. */
@NullMarked
package org.tidelock.bench.report;

import org.jspecify.annotations.NullMarked;
