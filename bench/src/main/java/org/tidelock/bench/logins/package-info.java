/** Logins and prelogins a second, beside what their parts would allow. */
@NullMarked
package org.tidelock.bench.logins;

import org.jspecify.annotations.NullMarked;
