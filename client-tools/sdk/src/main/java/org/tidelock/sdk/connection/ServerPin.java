package org.tidelock.sdk.connection;

import java.net.URI;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.ServerInfo;

/**
 * What a client remembers of a server from the first time they met.
 *
 * @param address such as {@code https://example.org:8443}
 * @param certificate SHA-256 of the certificate it showed
 * @param info who it said it was
 */
public record ServerPin(String address, Bytes certificate, ServerInfo info) {

  public ServerPin {
    requireAddress(address);
    if (certificate.length() != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "certificate has %d bytes; %d required".formatted(certificate.length(), Sha256.BYTES));
    }
  }

  /** The address as requests need it. */
  public URI uri() {
    return URI.create(address);
  }

  /**
   * The address, if it is one of a server.
   *
   * @throws IllegalArgumentException otherwise; the message gives the form
   */
  public static String requireAddress(String address) {
    URI uri = URI.create(address);
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null || !uri.getPath().isEmpty()) {
      throw new IllegalArgumentException(
          "server address is %s; https://HOST or https://HOST:PORT required".formatted(address));
    }
    return address;
  }
}
