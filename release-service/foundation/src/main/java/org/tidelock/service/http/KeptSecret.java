package org.tidelock.service.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;

/**
 * The one secret of a service, 32 random bytes in a file that only its user reads, made at the
 * first start. Every key that the service holds outside its database is derived from it by HKDF,
 * under a label of its own. All nodes of one service have the same file. Without it the database is
 * worth little, and lost: keep a copy.
 */
public final class KeptSecret implements AutoCloseable {

  private static final int BYTES = 32;

  private final SecretBytes root;

  private KeptSecret(SecretBytes root) {
    this.root = root;
  }

  /** Reads the file, or makes it. */
  public static KeptSecret in(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    byte[] root = Base64Url.decode(Files.readString(file).strip()).toArray();
    if (root.length != BYTES) {
      throw new IOException("%s holds %d bytes; %d required".formatted(file, root.length, BYTES));
    }
    return new KeptSecret(SecretBytes.takeOver(root));
  }

  /** The 32 bytes for one purpose. */
  public SecretBytes derive(String purpose) {
    byte[] label = ("tidelock/v1/service/" + purpose).getBytes(StandardCharsets.UTF_8);
    return Hkdf.derive(root, new byte[0], label, BYTES);
  }

  /** The service's id and the key that signs its answers. */
  public ServerIdentity identity() {
    try (SecretBytes id = derive("id")) {
      return new ServerIdentity(
          new ServerId(Bytes.of(Arrays.copyOf(id.revealCopy(), ServerId.BYTES))),
          SigningKey.fromSeed(derive("signing-key")));
    }
  }

  @Override
  public void close() {
    root.close();
  }

  /** Whole or not at all; where two nodes begin at once, one of them wins. */
  private static void make(Path file) throws IOException {
    Path partial =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "secret-",
            ".partial",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(partial, Base64Url.encode(RandomBytes.ofLength(BYTES)) + "\n");
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException e) {
      // The other one's is as good.
    } finally {
      Files.delete(partial);
    }
  }
}
