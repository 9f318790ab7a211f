package org.tidelock.service.http;

import java.time.Duration;

/**
 * How much of what one address, account or name may do: {@code burst} at once, and one more every
 * {@code refill}. All limits are here.
 */
public enum Limit {
  /** Whatever is not named below, per address and per account. */
  GENERAL(200, Duration.ofMillis(20)),
  /** Parts of contents up and down, 45 KiB each, per address and per account: 176 MiB at once. */
  CONTENT(4_000, Duration.ofMillis(5)),
  /** Registrations begun, per address: each sends mail. */
  REGISTRATION(10, Duration.ofSeconds(30)),
  /** Mail to one contact. */
  MAIL_TO_CONTACT(3, Duration.ofMinutes(10)),
  /** Codes entered, per address; each registration has five tries besides. */
  CODE(20, Duration.ofSeconds(10)),
  /** Logins begun and finished, and KDF parameters asked for, per address. */
  LOGIN(40, Duration.ofMillis(500)),
  /** Logins begun for one name, whether it exists or not. */
  LOGIN_TO_NAME(20, Duration.ofSeconds(10)),
  /** Contacts asked about, per account. */
  RECIPIENT(200, Duration.ofSeconds(10)),
  /** Sockets opened, per account. */
  SOCKET(20, Duration.ofSeconds(5)),
  /** Names looked up, per account. */
  LOOKUP(100, Duration.ofSeconds(1)),
  /** Wrapped keys stored and fetched, per address and per account. */
  WRAPPED_KEYS(60, Duration.ofSeconds(1)),
  /** Tokens that the key server asks about, per address: it asks for everybody. */
  INTROSPECTION(5_000, Duration.ofMillis(1));

  private final int burst;
  private final Duration refill;

  Limit(int burst, Duration refill) {
    this.burst = burst;
    this.refill = refill;
  }

  /** What an account's use is counted against where this is what its address's is. */
  Limit ofAccount() {
    return this == CONTENT || this == WRAPPED_KEYS ? this : GENERAL;
  }

  int burst() {
    return burst;
  }

  Duration refill() {
    return refill;
  }
}
