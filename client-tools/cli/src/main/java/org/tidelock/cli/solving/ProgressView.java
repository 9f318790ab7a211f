package org.tidelock.cli.solving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.solve.SolveEvent;
import org.tidelock.engine.solve.SolveListener;
import org.tidelock.engine.solve.SolveProgress;

/**
 * Shows how the solving of one or more puzzles goes: all of them in one view. Hears their events
 * from several threads at once.
 */
final class ProgressView implements AutoCloseable {

  private final Console console;
  private final Reporter reporter;
  private final ProgressPrinter printer;
  private final List<PuzzleSource> puzzles;
  private final List<@Nullable SolveProgress> latest = new ArrayList<>();
  private final boolean[] done;
  private final double squarings;
  private long lastPrintMillis;

  ProgressView(Console console, Reporter reporter, List<PuzzleSource> puzzles) {
    this.console = console;
    this.reporter = reporter;
    this.printer = ProgressPrinter.of(console, reporter.json(), reporter.quiet());
    this.puzzles = List.copyOf(puzzles);
    this.done = new boolean[puzzles.size()];
    this.squarings = puzzles.stream().mapToDouble(p -> p.work().squarings()).sum();
    this.lastPrintMillis = console.clock().millis();
    puzzles.forEach(puzzle -> latest.add(null));
  }

  /** What hears the events of the puzzle at {@code index}. */
  SolveListener listener(int index) {
    return event -> heard(index, event);
  }

  private synchronized void heard(int index, SolveEvent event) {
    switch (event) {
      case SolveEvent.Started started -> note(index, begun(index, started));
      case SolveEvent.Progressed(SolveProgress progress) -> progressed(index, progress);
      case SolveEvent.Finished(long count, var elapsed) -> {
        done[index] = true;
        note(index, "solved after " + HumanTime.length(elapsed) + " of this run");
      }
      case SolveEvent.CheckpointSaved saved -> {}
      case SolveEvent.CheckpointSkipped(var file, String reason) ->
          warn(index, "checkpoint %s skipped: %s; trying the one before".formatted(file, reason));
      case SolveEvent.CheckpointFailed(long position, String reason) ->
          warn(
              index,
              "cannot save at squaring %s: %s; going on, and trying again"
                  .formatted(Counts.grouped(position), reason));
      case SolveEvent.ErrorCaught error -> warn(index, caught(error));
      case SolveEvent.KernelSwitched(String from, String to, long position) ->
          warn(
              index,
              "the block at squaring %s failed twice on %s; doing it on %s"
                  .formatted(Counts.grouped(position), from, to));
    }
  }

  private String begun(int index, SolveEvent.Started started) {
    String work =
        "%s squarings of %d bits with %s (%s)"
            .formatted(
                Counts.grouped(started.squarings()),
                puzzles.get(index).work().modulus().bitLength(),
                started.kernel(),
                started.kernelReason());
    if (started.position() == 0) {
      return work;
    }
    double percent = 100.0 * started.position() / started.squarings();
    return work + String.format(Locale.ROOT, "; going on at %.1f%%", percent);
  }

  private static String caught(SolveEvent.ErrorCaught error) {
    return "error caught at squaring %s: %s; rolled back to squaring %s"
        .formatted(
            Counts.grouped(error.detectedAt()),
            error.reason(),
            Counts.grouped(error.rolledBackTo()));
  }

  private void progressed(int index, SolveProgress progress) {
    latest.set(index, progress);
    long now = console.clock().millis();
    if (now - lastPrintMillis >= printer.pace().toMillis()) {
      lastPrintMillis = now;
      printer.print(total());
    }
  }

  private TotalProgress total() {
    TotalProgress total = TotalProgress.none(puzzles.size(), squarings);
    for (int i = 0; i < latest.size(); i++) {
      SolveProgress one = latest.get(i);
      if (one != null) {
        total = total.plus(one, done[i]);
      }
    }
    return total;
  }

  private void note(int index, String text) {
    printer.clear();
    reporter.note(puzzles.get(index).name() + ": " + text);
  }

  private void warn(int index, String text) {
    printer.clear();
    reporter.warning(puzzles.get(index).name() + ": " + text);
  }

  @Override
  public synchronized void close() {
    printer.clear();
  }
}
