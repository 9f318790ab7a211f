/**
 * {@code tidelock demo}: the product shown on itself. Everything in it is real: the command's own
 * locking and solving, the service as {@code tidelock serve} runs it in a process of its own, and
 * two clients of it. What it says at its end it has checked in the run.
 */
@NullMarked
package org.tidelock.cli.demo;

import org.jspecify.annotations.NullMarked;
