package org.tidelock.engine.kernel.ffm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * libtidelock as it lies in the jar for one platform, with the digest written beside it when it was
 * built.
 *
 * <p>The digest guards against damage on the way here, not against whoever can write the jar.
 */
final class PackedLibrary {

  static final String FILE_NAME = "libtidelock.so";

  private final byte[] content;
  private final String sha256;

  PackedLibrary(byte[] content, String sha256) {
    this.content = content.clone();
    this.sha256 = sha256;
  }

  /** The name of the platform this JVM runs on, such as {@code linux-x86_64}. */
  static String currentPlatform() {
    return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String arch = osArch.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
    return os + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }

  /** Reads what was packed for {@code platform}; empty where nothing was. */
  static Optional<PackedLibrary> find(String platform) throws IOException {
    String resource = "/META-INF/native/" + platform + "/" + FILE_NAME;
    try (InputStream library = PackedLibrary.class.getResourceAsStream(resource);
        InputStream digest = PackedLibrary.class.getResourceAsStream(resource + ".sha256")) {
      if (library == null || digest == null) {
        return Optional.empty();
      }
      String sha256 = new String(digest.readAllBytes(), StandardCharsets.US_ASCII).strip();
      return Optional.of(new PackedLibrary(library.readAllBytes(), sha256));
    }
  }

  byte[] content() {
    return content.clone();
  }

  /** The SHA-256 that the library must have, in hexadecimal. */
  String sha256() {
    return sha256;
  }

  /** Whether {@code bytes} are the library that was built. */
  boolean matches(byte[] bytes) {
    return HexFormat.of().formatHex(digest(bytes)).equals(sha256);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
