/** Asks the server what a token is worth. The key server gives out no token and knows no name. */
@NullMarked
package org.tidelock.keyserver.tokens;

import org.jspecify.annotations.NullMarked;
