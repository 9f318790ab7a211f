/** Who has which public keys, for whoever is logged in. */
@NullMarked
package org.tidelock.server.directory;

import org.jspecify.annotations.NullMarked;
