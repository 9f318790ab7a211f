/** What can go wrong with a request: a closed list of codes, and the document that carries one. */
@NullMarked
package org.tidelock.protocol.problem;

import org.jspecify.annotations.NullMarked;
