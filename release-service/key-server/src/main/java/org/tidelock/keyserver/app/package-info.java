/** The key server put together: its settings, its routes, and starting and stopping it. */
@NullMarked
package org.tidelock.keyserver.app;

import org.jspecify.annotations.NullMarked;
