package org.tidelock.cli.solving;

import org.tidelock.engine.puzzle.ModulusPolicy;
import picocli.CommandLine.Option;

/** The option of every verb that reads puzzles of anybody's. */
public final class ModulusOption {

  @Option(
      names = "--insecure-allow-small-modulus",
      description = "Accept a modulus that is short or weak: others open it faster.")
  private boolean allowSmall;

  /** Which moduli are accepted. */
  public ModulusPolicy policy() {
    return allowSmall ? ModulusPolicy.INSECURE_ALLOW_SMALL : ModulusPolicy.STANDARD;
  }
}
