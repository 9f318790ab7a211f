/**
 * What a client keeps on disk: the server it knows, its identity, the people it has met. Private
 * keys and tokens lie encrypted in files that only the owner may read.
 */
@NullMarked
package org.tidelock.sdk.home;

import org.jspecify.annotations.NullMarked;
