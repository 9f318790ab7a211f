package org.tidelock.service.http;

/** What a token is good for. */
public enum Grant {
  /** The password was right: wrapped keys may be fetched and the session challenge answered. */
  LOGIN,
  /** The account's private key answered too: everything. */
  FULL
}
