package org.tidelock.service.http;

import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * A certificate that signs itself, and its private key, made once and kept as two PEM files. Who
 * connects remembers it (pins it); no authority vouches for it. P-256, valid for ten years, for
 * servers and clients alike.
 *
 * @param certificate the file that may be given to everyone
 * @param privateKey the file that nobody else may read
 */
public record ServerCertificate(Path certificate, Path privateKey) {

  private static final Duration VALIDITY = Duration.ofDays(3650);

  /**
   * The certificate named {@code name} in {@code folder}, made if it is not there.
   *
   * @param hosts the host names and addresses that it speaks for
   */
  public static ServerCertificate keptIn(
      Path folder, String name, List<String> hosts, InstantSource clock) throws IOException {
    Path certificate = folder.resolve(name + "-certificate.pem");
    Path privateKey = folder.resolve(name + "-private-key.pem");
    if (!Files.exists(certificate)) {
      // The certificate is written last: where it exists, its key does.
      make(certificate, privateKey, hosts, clock.instant());
    }
    return new ServerCertificate(certificate, privateKey);
  }

  /** SHA-256 of the certificate, which is what a client remembers of it. */
  public Bytes fingerprint() throws IOException {
    try (InputStream pem = Files.newInputStream(certificate)) {
      return Sha256.of(
          Bytes.of(CertificateFactory.getInstance("X.509").generateCertificate(pem).getEncoded()));
    } catch (CertificateException e) {
      throw new IOException("%s is not a certificate in PEM".formatted(certificate), e);
    }
  }

  /** As Vert.x takes it. */
  public PemKeyCertOptions options() {
    return new PemKeyCertOptions()
        .setCertPath(certificate.toString())
        .setKeyPath(privateKey.toString());
  }

  private static void make(Path certificate, Path privateKey, List<String> hosts, Instant now)
      throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Name self = new X500Name("CN=tidelock");
      var builder =
          new JcaX509v3CertificateBuilder(
              self,
              new BigInteger(127, new SecureRandom()),
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(VALIDITY)),
              self,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      writePrivately(privateKey, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
      writePrivately(certificate, pem(builder.build(signer)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every Java platform has P-256 and ECDSA", e);
    }
  }

  private static GeneralNames names(List<String> hosts) throws IOException {
    List<GeneralName> names = new ArrayList<>();
    for (String host : hosts) {
      boolean address = host.matches("[0-9.]+") || host.contains(":");
      names.add(
          address
              ? new GeneralName(GeneralName.iPAddress, InetAddress.getByName(host).getHostAddress())
              : new GeneralName(GeneralName.dNSName, host));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  /** Whole or not at all, and readable by this user only. */
  private static void writePrivately(Path file, String content) throws IOException {
    Path partial =
        Files.createTempFile(
            file.getParent(),
            "certificate-",
            ".partial",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(partial, content);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
