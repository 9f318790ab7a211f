/**
 * Other people's libraries, reached through {@code libpeers}; the only place that touches foreign
 * functions.
 */
@NullMarked
package org.tidelock.bench.peers;

import org.jspecify.annotations.NullMarked;
