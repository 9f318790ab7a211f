/**
 * What this machine can do: its calibration, remembered or measured, and the estimates that follow.
 */
@NullMarked
package org.tidelock.cli.machine;

import org.jspecify.annotations.NullMarked;
