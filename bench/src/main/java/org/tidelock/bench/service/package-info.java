/** A service to measure: its server in a process of its own, its database, its users. */
@NullMarked
package org.tidelock.bench.service;

import org.jspecify.annotations.NullMarked;
