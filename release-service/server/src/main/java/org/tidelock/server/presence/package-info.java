/** Who is online, who may know it, and the sockets that tell. */
@NullMarked
package org.tidelock.server.presence;

import org.jspecify.annotations.NullMarked;
