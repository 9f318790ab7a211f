package org.tidelock.sdk.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.connection.ServerPin;

/**
 * A client's folder, 0700, its files 0600:
 *
 * <ul>
 *   <li>{@code server.json}, {@code key-server.json}: the servers that were met, and their pins;
 *   <li>{@code wrapped-keys.json}: the account's keys, wrapped under password and recovery key,
 *       while the key server does not have them;
 *   <li>{@code device-secret}: 32 random bytes that open the rest;
 *   <li>{@code identity}, {@code registration}, {@code people}: encrypted under the device secret,
 *       each by a key of its own and bound to its name.
 *   <li>{@code outbox}: messages that the server may not have taken yet, as they are sent, and
 *       their keys, encrypted as the above;
 *   <li>{@code receipts}: what the server signed for each message sent: evidence, if it ever hands
 *       out another key;
 *   <li>{@code inbox.json}: how far this device has read its queue.
 * </ul>
 *
 * <p>The device secret lies beside what it opens: encryption keeps a copied, synchronised or mailed
 * file from being enough, and makes wiping one file wipe all; it does not keep out who can read the
 * whole folder as its owner. Not for use by two processes at once.
 */
public final class ClientHome {

  private static final int SECRET_BYTES = 32;
  private static final String SERVER = "server.json";
  private static final String KEY_SERVER = "key-server.json";
  private static final String WRAPPED_KEYS = "wrapped-keys.json";
  private static final String DEVICE_SECRET = "device-secret";
  private static final String IDENTITY = "identity";
  private static final String REGISTRATION = "registration";
  private static final String PEOPLE = "people";
  private static final String OUTBOX = "outbox";
  private static final String RECEIPTS = "receipts";
  private static final String INBOX = "inbox.json";
  private static final String JSON = ".json";

  private final Path folder;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();

  private ClientHome(Path folder) {
    this.folder = folder;
  }

  /** The home in a folder, which is made if it is not there. */
  public static ClientHome in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new ClientHome(folder);
  }

  /** The server that was met. */
  public Optional<ServerPin> server() throws IOException {
    return plain(SERVER, ServerPin.class);
  }

  /** Remembers a server. */
  public void remember(ServerPin pin) throws IOException {
    PrivateFile.write(folder.resolve(SERVER), WireJson.write(pin));
  }

  /** The key server that was met. */
  public Optional<ServerPin> keyServer() throws IOException {
    return plain(KEY_SERVER, ServerPin.class);
  }

  /** Remembers a key server. */
  public void rememberKeyServer(ServerPin pin) throws IOException {
    PrivateFile.write(folder.resolve(KEY_SERVER), WireJson.write(pin));
  }

  /** The wrapped keys that wait until the key server takes them; none if it has them. */
  public KeyServing.Records wrappedKeys() throws IOException {
    return plain(WRAPPED_KEYS, KeyServing.Records.class)
        .orElseGet(() -> new KeyServing.Records(List.of()));
  }

  /** The key server has the wrapped keys. */
  public void forgetWrappedKeys() throws IOException {
    Files.deleteIfExists(folder.resolve(WRAPPED_KEYS));
  }

  /** Keeps wrapped keys until the key server takes them. */
  public void keep(KeyServing.Records records) throws IOException {
    PrivateFile.write(folder.resolve(WRAPPED_KEYS), WireJson.write(records));
  }

  /** Who the owner is, once registered. */
  public Optional<StoredIdentity> identity() throws IOException {
    return sealed(IDENTITY, StoredIdentity.class);
  }

  /** Keeps an identity, whole or not at all. */
  public void keep(StoredIdentity identity) throws IOException {
    seal(IDENTITY, identity);
  }

  /** The registration that waits for its code. */
  public Optional<StoredRegistration> registration() throws IOException {
    return sealed(REGISTRATION, StoredRegistration.class);
  }

  /** Keeps a registration until its code comes. */
  public void keep(StoredRegistration registration) throws IOException {
    seal(REGISTRATION, registration);
  }

  /** The registration became an account: from now on this is who the owner is. */
  public void finishRegistration(StoredIdentity identity) throws IOException {
    keep(identity);
    Files.deleteIfExists(folder.resolve(REGISTRATION));
  }

  /** Whom the owner has met. */
  public StoredPeople people() throws IOException {
    return sealed(PEOPLE, StoredPeople.class).orElse(StoredPeople.NOBODY);
  }

  /** Keeps whom the owner has met. */
  public void keep(StoredPeople people) throws IOException {
    seal(PEOPLE, people);
  }

  /**
   * Keeps a message until the server has taken it. Its content lies in {@link #outbox}.
   *
   * @param key the content's; kept encrypted, so that the message can be addressed anew
   */
  public void keepPending(Messages.Submission submission, MessageKey key) throws IOException {
    MessageId message = submission.envelope().message();
    Path file = folder(OUTBOX).resolve(message + JSON);
    byte[] bytes = key.revealCopy();
    try {
      seal(keyName(message), new StoredMessageKey(Bytes.of(bytes)));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    PrivateFile.write(file, WireJson.write(submission));
  }

  /** The key of a message that is pending. The caller closes it. */
  public Optional<MessageKey> pendingKey(MessageId message) throws IOException {
    return sealed(keyName(message), StoredMessageKey.class)
        .map(stored -> MessageKey.of(SecretBytes.takeOver(stored.key().toArray())));
  }

  private static String keyName(MessageId message) {
    return OUTBOX + "/" + message + ".key";
  }

  /** The messages that the server may not have taken yet. */
  public List<Messages.Submission> pending() throws IOException {
    List<Messages.Submission> pending = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder(OUTBOX))) {
      for (Path file : files.filter(file -> file.toString().endsWith(JSON)).sorted().toList()) {
        pending.add(decode(file, Files.readAllBytes(file), Messages.Submission.class));
      }
    }
    return pending;
  }

  /** Where the encrypted content of a message that is under way lies. */
  public Path outbox(MessageId message) throws IOException {
    return folder(OUTBOX).resolve(message + ".content");
  }

  /** The server has taken the message, or never will. */
  public void forgetPending(MessageId message) throws IOException {
    opened.remove(keyName(message));
    Files.deleteIfExists(folder(OUTBOX).resolve(message + JSON));
    Files.deleteIfExists(folder.resolve(keyName(message)));
    Files.deleteIfExists(outbox(message));
  }

  /** Keeps what the server signed for a message. */
  public void keepReceipt(Messages.Accepted accepted) throws IOException {
    PrivateFile.write(
        folder(RECEIPTS).resolve(accepted.receipt().message() + JSON), WireJson.write(accepted));
  }

  /** What the server signed for a message of this owner. */
  public Optional<Messages.Accepted> receipt(MessageId message) throws IOException {
    return plain(RECEIPTS + "/" + message + JSON, Messages.Accepted.class);
  }

  /** How far this device has read its queue. */
  public StoredInbox inbox() throws IOException {
    return plain(INBOX, StoredInbox.class).orElse(StoredInbox.EMPTY);
  }

  /** Keeps how far this device has read its queue. */
  public void keep(StoredInbox inbox) throws IOException {
    PrivateFile.write(folder.resolve(INBOX), WireJson.write(inbox));
  }

  /** Where checkpoints of puzzles lie. */
  public Path puzzles() throws IOException {
    return folder("puzzles");
  }

  private Path folder(String name) throws IOException {
    Path below = folder.resolve(name);
    if (!Files.isDirectory(below)) {
      Files.createDirectories(
          below,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return below;
  }

  /** Removes everything that is secret: the identity, what it met, and what opens them. */
  public void forgetIdentity() throws IOException {
    opened.clear();
    for (String name : new String[] {DEVICE_SECRET, IDENTITY, REGISTRATION, PEOPLE, WRAPPED_KEYS}) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  private <T> Optional<T> plain(String name, Class<T> type) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? Optional.of(decode(file, Files.readAllBytes(file), type))
        : Optional.empty();
  }

  /** What a sealed file holds; opened again only if the file is another than last time. */
  private <T> Optional<T> sealed(String name, Class<T> type) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Stamp stamp = Stamp.of(file);
    Opened before = opened.get(name);
    if (before != null && before.stamp.equals(stamp)) {
      return Optional.of(type.cast(before.document));
    }
    T document = open(file, name, type);
    opened.put(name, new Opened(stamp, document));
    return Optional.of(document);
  }

  /** Tells one writing of a file from the next: each is a new file, renamed. */
  private record Stamp(@Nullable Object fileKey, FileTime modified, long bytes) {

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }
  }

  private record Opened(Stamp stamp, Object document) {}

  private <T> T open(Path file, String name, Class<T> type) throws IOException {
    byte[] json;
    try (SecretBytes deviceSecret = deviceSecret();
        SecretBytes content = SealedFile.open(file, name, deviceSecret)) {
      json = content.revealCopy();
    }
    try {
      return decode(file, json, type);
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  private void seal(String name, Object document) throws IOException {
    try (SecretBytes deviceSecret = deviceSecret();
        SecretBytes content = SecretBytes.takeOver(WireJson.write(document))) {
      PrivateFile.write(folder.resolve(name), SealedFile.seal(content, name, deviceSecret));
    }
  }

  private SecretBytes deviceSecret() throws IOException {
    Path file = folder.resolve(DEVICE_SECRET);
    if (!Files.exists(file)) {
      try (SecretBytes fresh = SecretBytes.random(SECRET_BYTES)) {
        PrivateFile.write(file, fresh.revealCopy());
      }
    }
    SecretBytes secret = SecretBytes.takeOver(Files.readAllBytes(file));
    if (secret.length() != SECRET_BYTES) {
      throw new DamagedHomeException(
          file, "has %d bytes; %d required".formatted(secret.length(), SECRET_BYTES));
    }
    return secret;
  }

  private static <T> T decode(Path file, byte[] json, Class<T> type) throws DamagedHomeException {
    return switch (WireJson.read(json, type)) {
      case WireJson.Reading.Read<T>(T value) -> value;
      case WireJson.Reading.Malformed<T>(String reason) ->
          throw new DamagedHomeException(file, reason);
      case WireJson.Reading.InvalidField<T>(String field, String reason) ->
          throw new DamagedHomeException(file, "%s %s".formatted(field, reason));
    };
  }
}
