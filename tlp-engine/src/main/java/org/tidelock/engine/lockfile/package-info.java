/**
 * Locking and opening files: age v1 files (age-encryption.org/v1) whose file key is the payload of
 * a time-lock puzzle, in a stanza of type {@code tidelock/v1}. {@code docs/lock-file-format.md}
 * gives every byte.
 */
@NullMarked
package org.tidelock.engine.lockfile;

import org.jspecify.annotations.NullMarked;
