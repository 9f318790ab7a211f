/**
 * Accounts: registering with a verified contact, proving who one is, the tokens that come of it,
 * devices, passwords and keys. Each use case is one class whose method reads as the steps of the
 * flow; stores hold the SQL. Nothing secret of a person's ever comes here.
 */
@NullMarked
package org.tidelock.server.accounts;

import org.jspecify.annotations.NullMarked;
