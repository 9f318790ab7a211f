/** What every verb of a client needs: its home, its server, and what a server refuses, in words. */
@NullMarked
package org.tidelock.cli.client;

import org.jspecify.annotations.NullMarked;
