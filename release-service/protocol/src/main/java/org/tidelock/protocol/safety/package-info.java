/** The number two people compare to know that nobody sits between them. */
@NullMarked
package org.tidelock.protocol.safety;

import org.jspecify.annotations.NullMarked;
