package org.tidelock.sdk.connection;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * Trusts one certificate and no authority. Without a pin the first certificate met becomes it. TLS
 * proves that the server has the certificate's key; the pin takes the place of host names, of
 * authorities and of expiry. Thread-safe.
 */
final class CertificatePinning extends X509ExtendedTrustManager {

  private final AtomicReference<Optional<Bytes>> pin;

  CertificatePinning(Optional<Bytes> pin) {
    this.pin = new AtomicReference<>(pin);
  }

  /** The pin, which is there after the first handshake at the latest. */
  Optional<Bytes> pin() {
    return pin.get();
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has TLS 1.3", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Bytes found = Sha256.of(chain[0].getEncoded());
    pin.compareAndSet(Optional.empty(), Optional.of(found));
    Optional<Bytes> pinned = pin.get();
    if (!pinned.equals(Optional.of(found))) {
      throw new ChangedCertificateException(pinned.map(Bytes::toHex).orElse(""), found.toHex());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("only connections with an engine are made");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only connections with an engine are made");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /** Another certificate than the pinned one was shown. */
  static final class ChangedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    ChangedCertificateException(String pinned, String found) {
      super(
          """
          the server's certificate is not the one it had when it was first met
            then: SHA-256 %s
            now:  SHA-256 %s
          either somebody sits between, or the operator has a new certificate: ask the operator; \
          only if it is new, remove the remembered server and meet it again\
          """
              .formatted(pinned, found));
    }
  }
}
