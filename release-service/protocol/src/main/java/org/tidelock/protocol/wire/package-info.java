/**
 * What client and server send one another in the account flows: one record for each JSON document.
 * A record that exists has the right form; whether it is true is for the flow to find out. Bytes
 * are unpadded base64url, times whole milliseconds since 1970 UTC. No field is optional.
 */
@NullMarked
package org.tidelock.protocol.wire;

import org.jspecify.annotations.NullMarked;
