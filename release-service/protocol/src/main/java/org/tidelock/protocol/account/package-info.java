/** Who takes part: accounts, their devices, their names and contacts, and the server itself. */
@NullMarked
package org.tidelock.protocol.account;

import org.jspecify.annotations.NullMarked;
