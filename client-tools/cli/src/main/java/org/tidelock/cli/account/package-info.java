/** The verbs of an account: who one is at a service, from which devices, and whom one knows. */
@NullMarked
package org.tidelock.cli.account;

import org.jspecify.annotations.NullMarked;
