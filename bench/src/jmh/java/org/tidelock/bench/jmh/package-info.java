/** JMH benchmarks of single operations; {@code bench/jmh} runs them. */
@NullMarked
package org.tidelock.bench.jmh;

import org.jspecify.annotations.NullMarked;
