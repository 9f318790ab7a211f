package org.tidelock.cli.message;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.machine.BitsText;
import org.tidelock.cli.machine.ProfileText;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.sdk.message.Draft;
import picocli.CommandLine.Option;

/** How a message is locked until its time. */
final class LockOptions {

  private static final int DEFAULT_BITS = 2048;
  private static final double PICOS_A_NANO = 1000;

  @Option(
      names = "--release",
      paramLabel = "POLICY",
      completionCandidates = Policies.class,
      description =
          "at-unlock (default): the server hands the key out at the time, and solving needs no"
              + " server. puzzle-only: solving alone opens it, the server keeps nothing.")
  private @Nullable String release;

  @Option(
      names = "--puzzle-by",
      paramLabel = "WHO",
      completionCandidates = Makers.class,
      description =
          "Who makes the puzzle: server (default), or sender, whom no server can betray then.")
  private @Nullable String puzzleBy;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      completionCandidates = ProfileText.Candidates.class,
      description =
          "Hardware the puzzle's time is meant for: fastest-cpu (default), fpga, this-machine, or"
              + " nanoseconds a squaring, such as 40ns.")
  private @Nullable String profile;

  @Option(
      names = "--bits",
      paramLabel = "BITS",
      converter = BitsText.class,
      completionCandidates = BitsText.Candidates.class,
      description = "Length of the puzzle's modulus: 2048 (default), 3072 or 4096.")
  private @Nullable Integer bits;

  /** The policies, for the completion of shells. */
  static final class Policies implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(Policy.AT_UNLOCK.text(), Policy.PUZZLE_ONLY.text()).iterator();
    }
  }

  /** Who makes puzzles, for the completion of shells. */
  static final class Makers implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(PuzzleBy.SERVER.text(), PuzzleBy.SENDER.text()).iterator();
    }
  }

  /**
   * Refuses options of a lock where there is none.
   *
   * @throws CommandFailure if one is given
   */
  void requireNone() {
    if (Stream.of(release, puzzleBy, profile, bits).anyMatch(option -> option != null)) {
      throw CommandFailure.usage(
          "--release, --puzzle-by, --profile and --bits say how a message is locked until a time;"
              + " give --at TIME or --for DURATION too");
    }
  }

  /**
   * Refuses what no draft can be made of, before anything is read.
   *
   * @throws CommandFailure if a word is none of those allowed
   */
  void requireSensible() {
    policy();
    maker();
  }

  /** What is wanted, as the client library takes it. Its time runs from when all else is known. */
  Draft draft(
      AccountName to, String type, UnlockTime when, InstantSource clock, ThisMachine machine) {
    int length = bits == null ? DEFAULT_BITS : bits;
    Profile speed = profile(length, machine);
    return new Draft(
        to, type, Optional.empty(), when.from(clock.instant()), policy(), maker(), length, speed);
  }

  private Policy policy() {
    return switch (release == null ? Policy.AT_UNLOCK.text() : release) {
      case "at-unlock" -> Policy.AT_UNLOCK;
      case "puzzle-only" -> Policy.PUZZLE_ONLY;
      default ->
          throw CommandFailure.usage(
              "--release is %s; at-unlock or puzzle-only allowed".formatted(release));
    };
  }

  private PuzzleBy maker() {
    return switch (puzzleBy == null ? PuzzleBy.SERVER.text() : puzzleBy) {
      case "server" -> PuzzleBy.SERVER;
      case "sender" -> PuzzleBy.SENDER;
      default ->
          throw CommandFailure.usage(
              "--puzzle-by is %s; server or sender allowed".formatted(puzzleBy));
    };
  }

  /** A speed of one's own travels as a number of picoseconds: others know no name for it. */
  private Profile profile(int length, ThisMachine machine) {
    Profile named =
        ProfileText.resolve(profile == null ? ProfileText.DEFAULT : profile, length, machine);
    return Profile.named(named.name()).isPresent()
        ? named
        : Profile.ofPicos(Math.max(1, Math.round(named.nanosAt(length) * PICOS_A_NANO)));
  }
}
