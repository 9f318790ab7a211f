package org.tidelock.cli.verb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.machine.EstimateReport;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.solving.PuzzleReader;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.terminal.Printable;
import org.tidelock.cli.time.Counts;
import org.tidelock.engine.lockfile.LockFileInfo;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.ModulusWeakness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock inspect}: what a puzzle asks for and how long that takes, without solving it. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Say what a lock file or puzzle is and how long it takes to open.",
      "",
      "The time is given for the fastest hardware known, for this machine, and for a slow laptop.",
      "Weak puzzles are named as weak.",
      ""
    })
public final class InspectCommand implements Verb {

  @Parameters(
      paramLabel = "FILE",
      description = "A lock file, a puzzle, or a classic puzzle; - for standard input.")
  private Path file = Path.of("");

  private final Invocation invocation;

  public InspectCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    PuzzleSource puzzle =
        new PuzzleReader(invocation.console(), ModulusPolicy.INSECURE_ALLOW_SMALL).read(file);
    EstimateReport estimate = estimate(puzzle);
    invocation.reporter().result(document(puzzle, estimate), text(puzzle, estimate));
    return ExitCode.DONE;
  }

  private EstimateReport estimate(PuzzleSource puzzle) {
    return new EstimateReport(
        new ThisMachine(invocation)
            .estimate(puzzle.work().squarings(), puzzle.work().modulus().bitLength()));
  }

  private static Map<String, Object> document(PuzzleSource puzzle, EstimateReport estimate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", puzzle.name());
    fields.put("kind", puzzle.kind());
    fields.put("bits", puzzle.work().modulus().bitLength());
    fields.put("squarings", puzzle.work().squarings());
    fields.put("puzzleId", puzzle.work().id().toHex());
    if (puzzle instanceof PuzzleSource.Locked(String name, LockFileInfo info)) {
      fields.put("needsIdentity", info.nested());
      fields.put("warnings", info.warnings());
    }
    fields.put("estimate", estimate.document());
    fields.put("weaknesses", puzzle.weaknesses().stream().map(ModulusWeakness::message).toList());
    return fields;
  }

  private static String text(PuzzleSource puzzle, EstimateReport estimate) {
    List<String> lines = new ArrayList<>();
    lines.add(Printable.line(puzzle.name()) + ": " + puzzle.kind());
    lines.add("  modulus                 " + puzzle.work().modulus().bitLength() + " bits");
    lines.add("  squarings               " + Counts.grouped(puzzle.work().squarings()));
    lines.addAll(estimate.lines());
    if (puzzle instanceof PuzzleSource.Locked(String name, LockFileInfo info)) {
      if (info.nested()) {
        lines.add("  then needs              the identity of one of its recipients");
      }
      info.warnings().forEach(warning -> lines.add("  warning: " + warning));
    }
    puzzle.weaknesses().forEach(weakness -> lines.add("  weak: " + weakness.message()));
    return String.join("\n", lines);
  }
}
