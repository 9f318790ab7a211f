/** Where data comes from and goes to: standard streams, and files written whole or not at all. */
@NullMarked
package org.tidelock.cli.files;

import org.jspecify.annotations.NullMarked;
