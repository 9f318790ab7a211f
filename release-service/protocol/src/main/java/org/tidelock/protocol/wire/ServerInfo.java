package org.tidelock.protocol.wire;

import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * Who the server is; a client pins it together with the certificate.
 *
 * @param server its identifier
 * @param signingKey what signs receipts and heads of the key log
 * @param keyServer the address of the key server, such as {@code https://example.org:8444}
 */
public record ServerInfo(ServerId server, SigningPublicKey signingKey, String keyServer) {

  private static final int MAX_ADDRESS_CHARS = 256;

  public ServerInfo {
    if (!keyServer.startsWith("https://") || keyServer.length() > MAX_ADDRESS_CHARS) {
      throw new IllegalArgumentException(
          "keyServer must be an https address of at most %d characters"
              .formatted(MAX_ADDRESS_CHARS));
    }
  }
}
