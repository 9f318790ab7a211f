/**
 * What is signed or authenticated in the account flows: one canonical encoding for each, with its
 * own label, so that nothing signed for one step passes in another. Client and server build the
 * same statement from what each of them knows, never from the other's bytes.
 */
@NullMarked
package org.tidelock.protocol.statement;

import org.jspecify.annotations.NullMarked;
