/**
 * Running the service and looking after it. The only package that knows the servers, whose classes
 * are loaded when one of these verbs runs and not before.
 */
@NullMarked
package org.tidelock.cli.service;

import org.jspecify.annotations.NullMarked;
