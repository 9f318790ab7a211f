package org.tidelock.bench.messages;

import org.tidelock.bench.report.Samples;
import org.tidelock.bench.service.ServerMemory;

/**
 * How the service does while so many messages wait. Written as JSON as it stands.
 *
 * @param pending how many, when it began
 * @param databaseBytes how large the database was
 * @param memory what the server had in memory
 * @param postsPerSecond messages accepted that were sealed beforehand, with nothing else going on
 * @param sendsPerSecond whole sends, with nothing else going on
 * @param quiet releases with nothing else going on
 * @param underLoad releases while others sent
 * @param fetched inboxes while others sent
 */
record WithPending(
    long pending,
    long databaseBytes,
    ServerMemory memory,
    Samples postsPerSecond,
    Samples sendsPerSecond,
    ReleaseLag.Lag quiet,
    SendLoad.Loaded<ReleaseLag.Lag> underLoad,
    SendLoad.Loaded<InboxFetch.Fetched> fetched) {}
