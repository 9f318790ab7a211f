/**
 * A message from sealing to opening: the envelope its sender signs, the keys inside one another,
 * the server's receipt, the log of what its sender decided later, and the checks that both ways of
 * opening end in. Nothing here knows of a network.
 */
@NullMarked
package org.tidelock.protocol.message;

import org.jspecify.annotations.NullMarked;
