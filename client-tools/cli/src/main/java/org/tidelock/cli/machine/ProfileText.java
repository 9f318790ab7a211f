package org.tidelock.cli.machine;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.cli.CommandFailure;
import org.tidelock.engine.calibrate.Profile;

/** Which speed of hardware a duration is turned into squarings by, as the user names it. */
public final class ProfileText {

  /** What applies where the user names none: a duration is then a lower bound on any CPU. */
  public static final String DEFAULT = "fastest-cpu";

  private static final String THIS_MACHINE = "this-machine";
  private static final List<Profile> KNOWN = List.of(Profile.FASTEST_CPU, Profile.FPGA);
  private static final Pattern CUSTOM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)ns");

  private ProfileText() {}

  /** The names, for the completion of shells. */
  public static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(DEFAULT, "fpga", THIS_MACHINE).iterator();
    }
  }

  /**
   * The profile of that name, with or without its version, or the number of nanoseconds a squaring.
   *
   * @throws CommandFailure if there is none, or it says nothing about moduli of {@code bits} bits
   */
  public static Profile resolve(String name, int bits, ThisMachine machine) {
    if (name.equals(THIS_MACHINE)) {
      return machine.profile(bits);
    }
    Matcher custom = CUSTOM.matcher(name);
    if (custom.matches() && Double.parseDouble(custom.group(1)) > 0) {
      return Profile.custom(Double.parseDouble(custom.group(1)));
    }
    return KNOWN.stream()
        .filter(known -> named(known, name))
        .findFirst()
        .map(known -> requireCovers(known, bits))
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "no profile %s; there are fastest-cpu, fpga, this-machine, and your own figure in nanoseconds a squaring, such as 40ns"
                        .formatted(name)));
  }

  private static boolean named(Profile profile, String name) {
    return profile.name().equals(name)
        || profile.name().substring(0, profile.name().indexOf('/')).equals(name);
  }

  private static Profile requireCovers(Profile profile, int bits) {
    if (!profile.covers(bits)) {
      throw CommandFailure.usage(
          "profile %s has no figure at %d bits, only at %s; name another"
              .formatted(profile.name(), bits, profile.nanosPerSquaring().keySet()));
    }
    return profile;
  }
}
