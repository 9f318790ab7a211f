package org.tidelock.cli.solving;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Json;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;

/** One of the ways progress is shown on standard error. */
sealed interface ProgressPrinter {

  /** How long to wait between two prints. */
  Duration pace();

  /** Shows where the work stands. */
  void print(TotalProgress total);

  /** Makes room for a line of text, or for the end. */
  void clear();

  /** The way that suits the stream and the options. */
  static ProgressPrinter of(Console console, boolean json, boolean quiet) {
    if (quiet) {
      return new Silent();
    }
    if (json) {
      return new JsonLines(console);
    }
    return console.terminals().err() ? new Bar(console) : new Lines(console);
  }

  /** Nothing, for {@code --quiet}. */
  record Silent() implements ProgressPrinter {
    @Override
    public Duration pace() {
      return Duration.ofDays(1);
    }

    @Override
    public void print(TotalProgress total) {}

    @Override
    public void clear() {}
  }

  /** One line, drawn over itself, for a terminal. */
  record Bar(Console console) implements ProgressPrinter {

    private static final int NARROWEST_BAR = 8;
    private static final String ERASE_LINE = "\r\u001b[K";

    @Override
    public Duration pace() {
      return Duration.ofMillis(240);
    }

    @Override
    public void print(TotalProgress total) {
      PrintStream err = console.err();
      err.print(ERASE_LINE + line(total, console.terminals().columns() - 1));
      err.flush();
    }

    @Override
    public void clear() {
      console.err().print(ERASE_LINE);
      console.err().flush();
    }

    private String line(TotalProgress total, int width) {
      String percent = String.format(Locale.ROOT, "%5.1f%% ", total.percent());
      String rest = words(console, total);
      int bar = Math.min(40, width - percent.length() - rest.length() - 4);
      if (bar < NARROWEST_BAR) {
        String line = percent + rest;
        return line.substring(0, Math.min(width, line.length()));
      }
      int filled = Math.clamp(Math.round(bar * total.percent() / 100), 0, bar);
      return percent + "[" + "=".repeat(filled) + " ".repeat(bar - filled) + "]  " + rest;
    }
  }

  /** A line a minute, for a pipe or a log. */
  record Lines(Console console) implements ProgressPrinter {
    @Override
    public Duration pace() {
      return Duration.ofMinutes(1);
    }

    @Override
    public void print(TotalProgress total) {
      console
          .err()
          .println(
              String.format(
                  Locale.ROOT, "tidelock: %.1f%%, %s", total.percent(), words(console, total)));
      console.err().flush();
    }

    @Override
    public void clear() {}
  }

  /** A JSON document a second, each on its line. */
  record JsonLines(Console console) implements ProgressPrinter {
    @Override
    public Duration pace() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void print(TotalProgress total) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("puzzles", total.puzzles());
      fields.put("solved", total.solved());
      fields.put("position", (long) total.position());
      fields.put("squarings", (long) total.squarings());
      fields.put("percent", total.percent());
      fields.put("squaringsPerSecond", total.squaringsPerSecond());
      fields.put("secondsLeft", total.remaining().toMillis() / 1000.0);
      fields.put("finishesAt", finish(total));
      fields.put("errorsCaught", total.errorsCaught());
      console.err().println(Json.line(Map.of("progress", fields)));
      console.err().flush();
    }

    private String finish(TotalProgress total) {
      Duration remaining = total.remaining();
      return remaining.compareTo(Duration.ofDays(365_000)) > 0
          ? "beyond any calendar"
          : console.clock().instant().plus(remaining).toString();
    }

    @Override
    public void clear() {}
  }

  /** Rate, time left and finishing date in words. */
  private static String words(Console console, TotalProgress total) {
    String count =
        total.puzzles() == 1 ? "" : "%d of %d solved, ".formatted(total.solved(), total.puzzles());
    if (total.squaringsPerSecond() <= 0) {
      return count + "measuring the rate";
    }
    return count
        + Counts.rate(total.squaringsPerSecond())
        + ", "
        + HumanTime.length(total.remaining())
        + " left, ends "
        + HumanTime.moment(console.clock().instant(), total.remaining(), console.zone());
  }
}
