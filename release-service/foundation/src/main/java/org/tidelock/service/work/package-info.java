/** Work for the processor, kept off the threads that serve requests and bounded in amount. */
@NullMarked
package org.tidelock.service.work;

import org.jspecify.annotations.NullMarked;
