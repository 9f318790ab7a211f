/** What an operator sets: by file, by environment, by flag, each above the one before. */
@NullMarked
package org.tidelock.service.settings;

import org.jspecify.annotations.NullMarked;
