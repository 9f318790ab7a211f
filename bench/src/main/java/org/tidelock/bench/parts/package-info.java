/** What calls consist of, measured alone, and the bound that the parts give together. */
@NullMarked
package org.tidelock.bench.parts;

import org.jspecify.annotations.NullMarked;
