/**
 * How long squarings take: measured on this machine, and known of others as named profiles.
 * Durations become numbers of squarings here, and numbers of squarings become estimates.
 */
@NullMarked
package org.tidelock.engine.calibrate;

import org.jspecify.annotations.NullMarked;
