/**
 * The account's private keys on the key server: stored, fetched on another device, and taken only
 * if they are exactly those that the server's log names and this account wrapped.
 */
@NullMarked
package org.tidelock.sdk.keys;

import org.jspecify.annotations.NullMarked;
