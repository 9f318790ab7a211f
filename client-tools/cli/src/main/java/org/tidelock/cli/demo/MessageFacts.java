package org.tidelock.cli.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of the two messages. That both texts were the same byte for byte, that every receipt
 * held, and that the service had neither texts nor passwords, was checked.
 *
 * @param killed how many processes were killed with -9
 * @param refusals how often the first message was asked for before its time, and refused
 * @param releasedAfter how long after the time that was signed
 * @param searchedBytes what the service had on disk, and what was searched
 */
record MessageFacts(
    Duration startTook,
    Duration restartTook,
    int killed,
    int refusals,
    Duration releasedAfter,
    Solved solved,
    long searchedBytes) {

  /** What solving was like. */
  record Solved(long squarings, Duration promised, Duration taken, int errorsCaught) {}

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("service", service());
    document.put("releasedMessage", released());
    document.put("solvedMessage", opened());
    return document;
  }

  private Map<String, Object> service() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("secondsToStart", seconds(startTook));
    fields.put("processesKilled", killed);
    fields.put("secondsToStartAgain", seconds(restartTook));
    fields.put("bytesSearched", searchedBytes);
    fields.put("secretsFound", 0);
    return fields;
  }

  private Map<String, Object> released() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("refusalsBeforeItsTime", refusals);
    fields.put("secondsAfterItsTime", seconds(releasedAfter));
    fields.put("receiptHolds", true);
    fields.put("sameBytes", true);
    return fields;
  }

  private Map<String, Object> opened() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("squarings", solved.squarings());
    fields.put("secondsPromised", seconds(solved.promised()));
    fields.put("secondsTaken", seconds(solved.taken()));
    fields.put("errorsCaught", solved.errorsCaught());
    fields.put("receiptHolds", true);
    fields.put("sameBytes", true);
    return fields;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
