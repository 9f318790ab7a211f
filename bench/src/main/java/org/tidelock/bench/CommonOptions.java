package org.tidelock.bench;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.ResultFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every benchmark command takes. */
public final class CommonOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results (default: bench/results).")
  private Path out = Path.of(System.getProperty("tidelock.bench.results", "bench/results"));

  @SuppressWarnings("unused") // The parser looks at it.
  @Option(names = "--help", usageHelp = true, description = "Shows this help.")
  private boolean help;

  /** Where results go. */
  public ResultFolder results() {
    return new ResultFolder(out);
  }

  /** The library of peers that the script built. */
  public Path peers() {
    return Path.of(System.getProperty("tidelock.bench.peers", "bench/target/native/libpeers.so"))
        .toAbsolutePath();
  }

  /** This machine, now, with the command as typed but for where its results go. */
  public Environment environment(String name) {
    List<String> words = new ArrayList<>(List.of("bench/" + name));
    Iterator<String> arguments = spec().commandLine().getParseResult().originalArgs().iterator();
    while (arguments.hasNext()) {
      String argument = arguments.next();
      if (argument.equals("--out")) {
        arguments.next();
      } else if (!argument.startsWith("--out=") && !argument.equals(name)) {
        words.add(argument);
      }
    }
    return Environment.of(String.join(" ", words), InstantSource.system());
  }

  /** Refuses a count below 1 as a mistake in usage. */
  public void requireAtLeastOne(String option, int value) {
    require(value >= 1, "%s is %d; at least 1 required".formatted(option, value));
  }

  /** Refuses what the user gave unless {@code holds}. */
  public void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec().commandLine(), message);
    }
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("the command line was not parsed yet");
    }
    return command;
  }
}
