package org.tidelock.cli.verb;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.files.OutputFile;
import org.tidelock.cli.files.StoppableOutput;
import org.tidelock.cli.files.TerminalOutput;
import org.tidelock.cli.solving.ModulusOption;
import org.tidelock.cli.solving.PuzzleSolving;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.solving.RunDocument;
import org.tidelock.cli.solving.SolvingOptions;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.lockfile.Identity;
import org.tidelock.engine.lockfile.LockFile;
import org.tidelock.engine.lockfile.LockFileFormatException;
import org.tidelock.engine.lockfile.UnlockOutcome;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock open}: opens a lock file by solving it. */
@Command(
    name = "open",
    sortOptions = false,
    description = {
      "Open a lock file: do its squarings, then decrypt.",
      "",
      "Nothing is written before the work is done.",
      ""
    },
    footer = {
      "",
      "Work is saved every few seconds. After Ctrl-C, a crash or a power cut, the same command goes",
      "on where it was. What comes out of standard output is genuine, but complete only if the",
      "command exits 0."
    })
public final class OpenCommand implements Verb {

  private static final int MAX_IDENTITY_BYTES = 1 << 20;

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "IDENTITY",
      description = "File with the age identity of a recipient. May be repeated.")
  private List<Path> identityFiles = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Where to write. Default: standard output.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  @Mixin private SolvingOptions solvingOptions = new SolvingOptions();

  @Mixin private ModulusOption modulusOption = new ModulusOption();

  @Parameters(
      paramLabel = "IN",
      arity = "0..1",
      description = "The lock file. Default: standard input.")
  private @Nullable Path input;

  private final Invocation invocation;

  public OpenCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    requireSensible();
    PuzzleSolving solving = solvingOptions.solving(invocation);
    List<Identity> identities = readIdentities();
    OutputFile.requireUsable(invocation, output, force);
    try (InputStream in = InputFile.open(invocation.console(), input)) {
      LockFile file = readHeader(in);
      requireIdentity(file, identities);
      PuzzleSource puzzle = new PuzzleSource.Locked(InputFile.name(input), file.info());
      SolveOutcome.Solved solved = solving.solveOne(puzzle);
      long bytes = deliver(file, puzzle, solved, identities, solving);
      report(solved.report(), bytes);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw failedOn(e);
    }
  }

  private void requireSensible() {
    List<@Nullable Path> read = new ArrayList<>(identityFiles);
    read.add(input);
    InputFile.requireStandardInputOnce(read);
    if (identityFiles.stream().anyMatch(file -> Identity.looksSecret(file.toString()))) {
      throw CommandFailure.usage(
          "-i names a file, and a secret key was given; write the key into a file that only you can"
              + " read and name that. What stands on a command line others may have seen");
    }
    if (invocation.options().json() && OutputFile.isStandardOutput(output)) {
      throw CommandFailure.usage(
          "--json needs -o OUT: standard output carries the file or the document, not both");
    }
  }

  private List<Identity> readIdentities() {
    List<Identity> identities = new ArrayList<>();
    for (Path file : identityFiles) {
      try (InputStream in = InputFile.open(invocation.console(), file)) {
        byte[] text = in.readNBytes(MAX_IDENTITY_BYTES);
        identities.addAll(Identity.parseAll(new String(text, StandardCharsets.UTF_8)));
      } catch (LockFileFormatException e) {
        throw CommandFailure.damaged("--identity %s: %s".formatted(file, e.getMessage()), e);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.ERROR, "--identity %s: %s".formatted(file, FileTrouble.reason(e)), e);
      }
    }
    return identities;
  }

  private LockFile readHeader(InputStream in) throws IOException {
    try {
      LockFile file = LockFile.read(in, modulusOption.policy());
      file.info().warnings().forEach(invocation.reporter()::warning);
      return file;
    } catch (LockFileFormatException e) {
      throw CommandFailure.damaged(InputFile.name(input) + ": " + e.getMessage(), e);
    }
  }

  /** Said before days of work, not after. */
  private void requireIdentity(LockFile file, List<Identity> identities) {
    if (file.info().nested() && identities.isEmpty()) {
      throw CommandFailure.damaged(
          InputFile.name(input)
              + ": locked to recipients as well; a recipient's identity is needed (-i IDENTITY)",
          null);
    }
  }

  /** Decrypts, and lets go of the checkpoints that serve nobody any more, however that ends. */
  private long deliver(
      LockFile file,
      PuzzleSource puzzle,
      SolveOutcome.Solved solved,
      List<Identity> identities,
      PuzzleSolving solving)
      throws IOException {
    try {
      long bytes = decrypt(file, solved.value(), identities);
      if (OutputFile.isStandardOutput(output)) {
        solving.keepIfLong(puzzle, solved.report());
      } else {
        solving.forget(puzzle);
      }
      return bytes;
    } catch (InterruptedIOException resumable) {
      throw resumable;
    } catch (IOException | CommandFailure e) {
      // Another try, with the right identity or an intact copy, need not do long work again.
      solving.keepIfLong(puzzle, solved.report());
      throw e;
    }
  }

  private long decrypt(LockFile file, BigInteger solution, List<Identity> identities)
      throws IOException {
    try (OutputFile out = OutputFile.open(invocation, output, force)) {
      UnlockOutcome outcome = file.open(solution, identities, guarded(out));
      return switch (outcome) {
        case UnlockOutcome.Unlocked(long bytes) -> {
          out.commit();
          yield bytes;
        }
        case UnlockOutcome.WrongSolution(String reason) -> throw damaged(reason);
        case UnlockOutcome.NoMatchingIdentity(String reason) -> throw damaged(reason);
        case UnlockOutcome.Damaged(String reason) -> throw damaged(reason);
      };
    }
  }

  private OutputStream guarded(OutputFile out) {
    boolean terminal = output == null && invocation.console().terminals().out();
    OutputStream stream = terminal ? new TerminalOutput(out.stream()) : out.stream();
    return new StoppableOutput(stream, invocation.interruption().stop());
  }

  private CommandFailure damaged(String reason) {
    return CommandFailure.damaged(InputFile.name(input) + ": " + reason, null);
  }

  private CommandFailure failedOn(IOException cause) {
    return switch (cause) {
      case InterruptedIOException stopped ->
          new CommandFailure(
              ExitCode.INTERRUPTED,
              "interrupted while writing; solved and saved, run the same command again",
              stopped);
      case TerminalOutput.NotTextException binary ->
          CommandFailure.usage(
              "refusing to print bytes that are not text on the terminal; name a file with -o, or"
                  + " use -o -");
      case OutputFile.UnwritableException unwritable ->
          new CommandFailure(ExitCode.ERROR, unwritable.getMessage(), unwritable);
      default ->
          new CommandFailure(
              ExitCode.ERROR,
              "cannot open %s: %s".formatted(InputFile.name(input), FileTrouble.reason(cause)),
              cause);
    };
  }

  private void report(SolveReport run, long bytes) {
    if (invocation.options().json()) {
      invocation.reporter().result(document(run, bytes), "");
    } else {
      invocation
          .reporter()
          .note(
              "opened %s: %s bytes after %s squarings in %s; errors caught: %d"
                  .formatted(
                      InputFile.name(input),
                      Counts.grouped(bytes),
                      Counts.grouped(run.squarings() - run.resumedFrom()),
                      HumanTime.length(run.elapsed()),
                      run.errorsCaught()));
    }
  }

  private Map<String, Object> document(SolveReport run, long bytes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("output", String.valueOf(output));
    fields.put("bytes", bytes);
    fields.putAll(RunDocument.of(run));
    return fields;
  }
}
