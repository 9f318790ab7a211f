/**
 * The client library. {@link org.tidelock.sdk.Tidelock} is its front door; the packages below hold
 * what stands behind it, a class for each thing a client does.
 */
@NullMarked
package org.tidelock.sdk;

import org.jspecify.annotations.NullMarked;
