package org.tidelock.cli.service;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a service says once it is ready: where it is and what clients compare. */
final class Announcement {

  private record Entry(String key, String label, String value) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final String title;

  Announcement(String title) {
    this.title = title;
  }

  /**
   * One more thing to know.
   *
   * @param key what the document calls it
   * @param label what the text calls it
   */
  Announcement with(String key, String label, String value) {
    entries.put(key, new Entry(key, label, value));
    return this;
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ready", true);
    entries.values().forEach(entry -> document.put(entry.key(), entry.value()));
    return document;
  }

  String text() {
    StringBuilder text = new StringBuilder(title);
    entries
        .values()
        .forEach(entry -> text.append("%n  %-13s %s".formatted(entry.label(), entry.value())));
    return text.append("\nCtrl-C stops it").toString();
  }
}
