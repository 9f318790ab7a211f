package org.tidelock.service.kek;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * The file of a service's key encryption keys, which only its user reads: one a line in base64url,
 * the newest last. Made with one key at the first start. All nodes of one service have the same
 * file. Without it what it sealed is lost: keep a copy, apart from the database's. Thread-safe; two
 * processes that change it at once are not.
 */
public final class KekFile {

  private final Path file;
  private volatile List<Kek> keks;

  private KekFile(Path file, List<Kek> keks) {
    this.file = file;
    this.keks = keks;
  }

  /**
   * Reads the file, or makes it.
   *
   * @throws IOException if a line is no key; the message names the line and not what stands in it
   */
  public static KekFile in(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    return new KekFile(file, read(file));
  }

  /** The newest key. */
  public Kek newest() {
    return keks.getLast();
  }

  /**
   * The key with this id. Where it is not known, the file is read again: another process may have
   * added it since.
   */
  public Optional<Kek> withId(KekId id) {
    Optional<Kek> known = among(keks, id);
    if (known.isPresent()) {
      return known;
    }
    try {
      keks = read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return among(keks, id);
  }

  /** Adds a fresh key, which is on disk when this returns. */
  public synchronized Kek add() throws IOException {
    List<Kek> all = new ArrayList<>(read(file));
    all.add(new Kek(SecretBytes.random(Kek.BYTES)));
    replace(all);
    return all.getLast();
  }

  /** Forgets every other key than these, for ever. */
  public synchronized void retainOnly(Collection<KekId> ids) throws IOException {
    List<Kek> all = new ArrayList<>(read(file));
    all.removeIf(kek -> !ids.contains(kek.id()));
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no key of %s would be left".formatted(file));
    }
    replace(all);
  }

  private static Optional<Kek> among(List<Kek> keks, KekId id) {
    return keks.stream().filter(kek -> kek.id().equals(id)).findFirst();
  }

  private static List<Kek> read(Path file) throws IOException {
    List<Kek> keks = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank()) {
        keks.add(new Kek(SecretBytes.takeOver(key(file, number, line.strip()))));
      }
    }
    if (keks.isEmpty()) {
      throw new IOException("%s holds no key".formatted(file));
    }
    return List.copyOf(keks);
  }

  private static byte[] key(Path file, int line, String text) throws IOException {
    try {
      byte[] key = Base64Url.decode(text).toArray();
      if (key.length == Kek.BYTES) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // Told below without what stands there.
    }
    throw new IOException(
        "line %d of %s is no key: %d bytes in base64url required".formatted(line, file, Kek.BYTES));
  }

  /** Where two nodes begin at once, one of them wins. */
  private static void make(Path file) throws IOException {
    Path partial = partial(file, List.of(new Kek(SecretBytes.random(Kek.BYTES))));
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException e) {
      // The other one's is as good.
    } finally {
      Files.delete(partial);
    }
  }

  /** Whole or not at all. */
  private void replace(List<Kek> all) throws IOException {
    Path partial = partial(file, all);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    keks = List.copyOf(all);
  }

  private static Path partial(Path file, List<Kek> all) throws IOException {
    Path partial =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "kek-",
            ".partial",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      for (Kek kek : all) {
        byte[] key = kek.reveal();
        String line = Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n";
        Arrays.fill(key, (byte) 0);
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      channel.force(true);
    }
    return partial;
  }
}
