package org.tidelock.cli.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A script of commands with what is expected of them, and the files they begin with: lines, then
 * sections that each begin with {@code -- name --}. See {@link TranscriptRunner} for the commands.
 *
 * @param lines the commands, without comments and empty lines, with their line numbers
 * @param files the files by name
 */
record Transcript(List<Line> lines, Map<String, String> files) {

  /** One command. */
  record Line(int number, List<String> words) {}

  static Transcript read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    Map<String, String> files = new LinkedHashMap<>();
    String section = "";
    int number = 0;
    for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      if (line.startsWith("-- ") && line.endsWith(" --")) {
        section = line.substring(3, line.length() - 3);
        files.put(section, "");
      } else if (!section.isEmpty()) {
        files.merge(section, line + "\n", String::concat);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(new Line(number, words(line)));
      }
    }
    return new Transcript(lines, files);
  }

  /** Words separated by blanks; single quotes keep blanks together, two of them are one quote. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '\'') {
        word.append(c);
        i++;
      } else if (c == '\'') {
        quoted = !quoted;
        begun = true;
      } else if (c == ' ' && !quoted) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
