/**
 * A running process of a service: what every one of them opens at the start and closes at the end.
 */
@NullMarked
package org.tidelock.service.node;

import org.jspecify.annotations.NullMarked;
