/** The server put together: its settings, its routes, and starting and stopping it. */
@NullMarked
package org.tidelock.server.app;

import org.jspecify.annotations.NullMarked;
