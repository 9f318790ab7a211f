/**
 * Scheduled messages: taking them, keeping what opens them closed, and what their senders decide.
 */
@NullMarked
package org.tidelock.server.messages;

import org.jspecify.annotations.NullMarked;
