/**
 * Sending messages and opening them: what a sender seals and signs, what a recipient believes, and
 * both ways to a message's content. Nothing is taken on the server's word that can be checked.
 */
@NullMarked
package org.tidelock.sdk.message;

import org.jspecify.annotations.NullMarked;
