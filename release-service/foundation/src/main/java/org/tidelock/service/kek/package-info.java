/**
 * Key encryption keys: what seals a column of a database under a key that is not in it, and how the
 * key is replaced. A thief of the database alone has nothing; a row that was edited, or moved to
 * another place, does not open.
 */
@NullMarked
package org.tidelock.service.kek;

import org.jspecify.annotations.NullMarked;
