package org.tidelock.protocol.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.protocol.suite.Argon2Cost;

/** The text of a key derivation: each has one, and no other text is read. */
final class KeyDerivationText {

  private static final String HKDF = "hkdf-sha256";
  private static final Pattern ARGON2 =
      Pattern.compile("argon2id\\$v=19\\$m=([1-9][0-9]{0,8}),t=([1-9][0-9]?),p=([1-9][0-9]?)");

  private KeyDerivationText() {}

  static String write(KeyDerivation kdf) {
    return switch (kdf) {
      case KeyDerivation.FromPassword(Argon2Cost cost) ->
          "argon2id$v=19$m=%d,t=%d,p=%d"
              .formatted(cost.memoryKib(), cost.iterations(), cost.parallelism());
      case KeyDerivation.FromKey _ -> HKDF;
    };
  }

  static KeyDerivation parse(String text) {
    if (text.equals(HKDF)) {
      return new KeyDerivation.FromKey();
    }
    Matcher matcher = ARGON2.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "key derivation must be %s or argon2id$v=19$m=...,t=...,p=...".formatted(HKDF));
    }
    return new KeyDerivation.FromPassword(
        new Argon2Cost(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3))));
  }
}
