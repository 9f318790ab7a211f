/** Who is online, from the client's side: seeing others, and being seen. */
@NullMarked
package org.tidelock.sdk.presence;

import org.jspecify.annotations.NullMarked;
