/** The verbs, one class each: parse, validate, do, report. */
@NullMarked
package org.tidelock.cli.verb;

import org.jspecify.annotations.NullMarked;
