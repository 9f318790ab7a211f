/**
 * PostgreSQL: where it is, how it is reached, its schema's history, and one of our own where none
 * is given. A use case asks {@link org.tidelock.service.db.Database} for a transaction and hands it
 * to its store; nothing else here is needed to read a flow.
 */
@NullMarked
package org.tidelock.service.db;

import org.jspecify.annotations.NullMarked;
