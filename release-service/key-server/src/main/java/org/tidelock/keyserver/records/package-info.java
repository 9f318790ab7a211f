/**
 * Wrapped keys: stored, fetched, dropped when the server has confirmed newer ones, and sealed again
 * under another key encryption key.
 */
@NullMarked
package org.tidelock.keyserver.records;

import org.jspecify.annotations.NullMarked;
