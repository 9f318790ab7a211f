/**
 * The account flows, from the client's side: each use case is a class whose public method reads as
 * the steps of docs/protocol.md.
 */
@NullMarked
package org.tidelock.sdk.account;

import org.jspecify.annotations.NullMarked;
