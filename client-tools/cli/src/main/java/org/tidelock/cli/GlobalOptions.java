package org.tidelock.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.machine.KernelNames;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that stand before or after any verb. */
public final class GlobalOptions {

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description =
          "Print one JSON document to standard output; progress and notes become JSON lines on"
              + " standard error.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No progress and no notes; results and errors only.")
  private boolean quiet;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Where calibration, checkpoints and the account are kept. Default: $TIDELOCK_HOME, else"
              + " ~/.tidelock.")
  private @Nullable Path home;

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The service's address, such as https://example.org:8443; needed once, then remembered."
              + " Default: $TIDELOCK_SERVER.")
  private @Nullable String server;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      completionCandidates = KernelNames.class,
      scope = ScopeType.INHERIT,
      description =
          "Square with this kernel instead of the fastest; tidelock calibrate lists them.")
  private @Nullable String kernel;

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }

  public @Nullable Path home() {
    return home;
  }

  public @Nullable String server() {
    return server;
  }

  public @Nullable String kernel() {
    return kernel;
  }
}
