/**
 * The key schedule: what a password and a recovery key derive, and how private keys are wrapped so
 * that the server that stores them learns nothing, and cannot swap or roll back one unnoticed.
 */
@NullMarked
package org.tidelock.protocol.keys;

import org.jspecify.annotations.NullMarked;
