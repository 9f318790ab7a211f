package org.tidelock.server.accounts;

import java.security.SecureRandom;
import java.time.Duration;

/** The eight digits that show who reads a contact's mail. */
final class VerificationCode {

  static final Duration LIFETIME = Duration.ofMinutes(10);
  static final int TRIES = 5;

  private static final SecureRandom RANDOM = new SecureRandom();

  private VerificationCode() {}

  static String fresh() {
    return "%08d".formatted(RANDOM.nextInt(100_000_000));
  }
}
