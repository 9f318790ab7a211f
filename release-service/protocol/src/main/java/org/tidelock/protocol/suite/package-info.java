/**
 * The cryptographic suites: every primitive the protocol uses, each behind one small type. The
 * mathematics is BouncyCastle's lightweight API, the JDK's, and the reference Argon2; nothing here
 * is of our own making but the names. Types named {@code ...Key} without {@code Public} hold
 * secrets: they are wiped by {@code close} and print nothing.
 */
@NullMarked
package org.tidelock.protocol.suite;

import org.jspecify.annotations.NullMarked;
