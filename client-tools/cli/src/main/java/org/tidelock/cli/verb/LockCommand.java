package org.tidelock.cli.verb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
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
import org.tidelock.cli.machine.BitsText;
import org.tidelock.cli.machine.EstimateReport;
import org.tidelock.cli.machine.ProfileText;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.time.Counts;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.lockfile.LockFileFormatException;
import org.tidelock.engine.lockfile.LockFileWriter;
import org.tidelock.engine.lockfile.LockOptions;
import org.tidelock.engine.lockfile.Recipient;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.PuzzleMaker;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock lock}: locks a file for a time. */
@Command(
    name = "lock",
    sortOptions = false,
    description = {
      "Lock a file for a time.",
      "",
      "Opening it takes so many squarings, one after another, that they last for the time given.",
      "Locking takes a moment, however long the lock holds.",
      ""
    },
    footer = {
      "",
      "A time is turned into squarings by a profile, the speed of some hardware. With fastest-cpu,",
      "no CPU opens earlier, and usual machines take several times as long; the estimate is",
      "printed. With this-machine the time is what it takes here.",
      "",
      "  tidelock lock --for 3d -o letter.tlk letter.txt",
      "  tar c photos | tidelock lock --until 2027-01-01T00:00Z -r age1... > photos.tlk"
    })
public final class LockCommand implements Verb {

  @ArgGroup(exclusive = true, multiplicity = "1")
  private OpeningTime when = new OpeningTime();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      completionCandidates = ProfileText.Candidates.class,
      description =
          "Hardware the time is meant for: fastest-cpu (default), fpga, this-machine, or"
              + " nanoseconds a squaring, such as 40ns.")
  private @Nullable String profileName;

  @Option(
      names = "--bits",
      paramLabel = "BITS",
      converter = BitsText.class,
      completionCandidates = BitsText.Candidates.class,
      defaultValue = "2048",
      description = "Length of the modulus: 2048 (default), 3072 or 4096.")
  private int bits;

  @Option(
      names = {"-r", "--recipient"},
      paramLabel = "RECIPIENT",
      description =
          "Only this age recipient (age1...) can read it after the time. May be repeated.")
  private List<String> recipients = List.of();

  @Option(
      names = {"-a", "--armor"},
      description = "Write printable text.")
  private boolean armor;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Where to write. Default: standard output.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  @Parameters(
      paramLabel = "IN",
      arity = "0..1",
      description = "What to lock. Default: standard input.")
  private @Nullable Path input;

  private final Invocation invocation;

  public LockCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    requireSensible();
    ThisMachine machine = new ThisMachine(invocation);
    Profile profile = ProfileText.resolve(profileName(), bits, machine);
    long squarings = when.squarings(now(), profile, bits);
    LockOptions options = new LockOptions(squarings, parseRecipients(), armor);
    lock(options);
    report(squarings, profile, machine);
    return ExitCode.DONE;
  }

  private void requireSensible() {
    if (when.isWork() && profileName != null) {
      throw CommandFailure.usage(
          "--profile turns a time into squarings; with --squarings leave it out");
    }
    if (invocation.options().json() && OutputFile.isStandardOutput(output)) {
      throw CommandFailure.usage(
          "--json needs -o OUT: standard output carries the file or the document, not both");
    }
    if (output == null && !armor && invocation.console().terminals().out()) {
      throw CommandFailure.usage(
          "refusing to print bytes on the terminal; name a file with -o, or use --armor, or -o -");
    }
  }

  private List<Recipient> parseRecipients() {
    List<Recipient> parsed = new ArrayList<>();
    for (String recipient : recipients) {
      try {
        parsed.add(Recipient.parse(recipient));
      } catch (LockFileFormatException e) {
        throw CommandFailure.usage("--recipient: " + e.getMessage());
      }
    }
    return parsed;
  }

  private void lock(LockOptions options) {
    try (InputStream in = InputFile.open(invocation.console(), input);
        OutputFile out = OutputFile.open(invocation, output, force);
        ModulusPool pool = ModulusPool.onDemand(bits);
        PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      new LockFileWriter(maker).lock(in, out.stream(), options);
      out.commit();
    } catch (OutputFile.UnwritableException e) {
      throw new CommandFailure(ExitCode.ERROR, e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR,
          "cannot lock %s: %s".formatted(InputFile.name(input), FileTrouble.reason(e)),
          e);
    }
  }

  private void report(long squarings, Profile profile, ThisMachine machine) {
    if (invocation.options().quiet() && !invocation.options().json()) {
      return;
    }
    EstimateReport estimate = new EstimateReport(machine.estimate(squarings, bits));
    if (invocation.options().json()) {
      invocation.reporter().result(document(squarings, profile, estimate), "");
    } else {
      text(squarings, profile, estimate).forEach(invocation.reporter()::note);
    }
  }

  private Map<String, Object> document(long squarings, Profile profile, EstimateReport estimate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("output", String.valueOf(output));
    fields.put("bits", bits);
    fields.put("squarings", squarings);
    fields.put("profile", when.isWork() ? null : profile.name());
    fields.put("recipients", recipients.size());
    fields.put("armored", armor);
    fields.put("estimate", estimate.document());
    return fields;
  }

  private List<String> text(long squarings, Profile profile, EstimateReport estimate) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "locked %s by %s squarings of %d bits%s"
            .formatted(
                InputFile.name(input),
                Counts.grouped(squarings),
                bits,
                when.isWork() ? "" : ", by the profile " + profile.name()));
    lines.add("opening it takes");
    lines.addAll(estimate.lines());
    return lines;
  }

  private String profileName() {
    return profileName != null ? profileName : ProfileText.DEFAULT;
  }

  private Instant now() {
    return invocation.console().clock().instant();
  }
}
