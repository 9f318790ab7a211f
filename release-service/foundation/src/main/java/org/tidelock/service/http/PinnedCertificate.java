package org.tidelock.service.http;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the one certificate that stands in a file, whichever side shows it, and no authority. TLS
 * proves that the other side has the certificate's key; the pin takes the place of host names, of
 * authorities and of expiry. The file is read at each handshake: two services can start in any
 * order, each making its own certificate, and a new certificate needs no restart. Thread-safe.
 */
public final class PinnedCertificate extends X509ExtendedTrustManager {

  private final Path file;

  /** Trusts the certificate in {@code file}, a PEM file that may come to be there later. */
  public PinnedCertificate(Path file) {
    this.file = file;
  }

  /** As Vert.x takes it. */
  public TrustOptions options() {
    return TrustOptions.wrap(this);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private void requirePinned(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !chain[0].equals(pinned())) {
      throw new CertificateException(
          "the other side's certificate is not the one in %s".formatted(file));
    }
  }

  private Certificate pinned() throws CertificateException {
    try (InputStream pem = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(pem);
    } catch (IOException e) {
      throw new CertificateException("the certificate in %s cannot be read".formatted(file), e);
    }
  }
}
