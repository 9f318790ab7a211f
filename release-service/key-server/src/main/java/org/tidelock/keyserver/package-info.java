/** The key server's own command. */
@NullMarked
package org.tidelock.keyserver;

import org.jspecify.annotations.NullMarked;
