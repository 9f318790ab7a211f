package org.tidelock.protocol.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogGrowth;
import org.tidelock.protocol.keylog.KeyLogHead;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.keylog.MerkleTree;
import org.tidelock.protocol.keys.KeyDerivation;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

/**
 * One document of every kind, the same at every run: keys from seeds of one repeated byte, all
 * signatures right. {@code documents.json} holds them as they stand on the wire, and {@code
 * statements.json} what is signed in them, for other implementations to read.
 */
final class Samples {

  static final ServerId SERVER = new ServerId(bytes(16, 0x51));
  static final AccountId ACCOUNT = new AccountId(bytes(16, 0xac));
  static final DeviceId DEVICE = new DeviceId(bytes(16, 0xde));
  static final AccountName NAME = new AccountName("alice");
  static final DeviceName DEVICE_NAME = new DeviceName("Alice's laptop");
  static final Instant NOW = Instant.ofEpochMilli(1_793_534_400_123L);
  static final Instant LATER = NOW.plus(Duration.ofMinutes(10));
  static final PasswordKdf KDF = new PasswordKdf(Argon2Cost.DEFAULT, bytes(16, 0x5a));
  static final PasswordKdf NEW_KDF = new PasswordKdf(Argon2Cost.DEFAULT, bytes(16, 0x5b));

  static final MessageId MESSAGE = new MessageId(bytes(16, 0x3e));
  static final Bytes ENCRYPTED_KEY = bytes(64, 0xa4);
  static final Bytes TWICE = bytes(80, 0xa5);
  static final Bytes PUZZLE = bytes(900, 0xa6);

  static final SigningKey SERVER_KEY = key(1);
  static final SigningKey IDENTITY = key(2);
  static final SigningKey NEXT_IDENTITY = key(3);
  static final SigningKey AUTH = key(4);
  static final SigningKey NEW_AUTH = key(5);
  static final SigningKey RECOVERY = key(6);
  static final SigningKey DEVICE_KEY = key(7);
  static final EncryptionKey ENCRYPTION =
      EncryptionKey.fromPrivate(Suite.X25519, SecretBytes.takeOver(bytes(32, 8).toArray()));
  static final EncryptionKey NEXT_ENCRYPTION =
      EncryptionKey.fromPrivate(Suite.X_WING, SecretBytes.takeOver(bytes(32, 9).toArray()));

  static final KeyLogEntry ENTRY =
      KeyLogEntry.first(SERVER, ACCOUNT, IDENTITY, ENCRYPTION.publicKey(), NOW);
  static final KeyLogEntry NEXT_ENTRY =
      ENTRY.next(SERVER, IDENTITY, NEXT_IDENTITY, NEXT_ENCRYPTION.publicKey(), NOW);
  static final DeviceCertificate CERTIFICATE = certificate(1, IDENTITY);
  static final DeviceCertificate NEXT_CERTIFICATE = certificate(2, NEXT_IDENTITY);
  static final LoginStatement LOGIN =
      new LoginStatement(
          SERVER, NAME, bytes(32, 0xc1), bytes(32, 0xc2), DEVICE, DEVICE_KEY.publicKey());

  private Samples() {}

  /** Every document by its name in {@code documents.json}. */
  static Map<String, Object> documents() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "server-info", new ServerInfo(SERVER, SERVER_KEY.publicKey(), "https://example.org:8444"));
    all.put("registration-request", registration());
    all.put("registration-started", new Registration.Started(bytes(16, 0x2e), LATER));
    all.put(
        "registration-verification", new Registration.Verification(bytes(16, 0x2e), "01234567"));
    all.put("session-opened", new Session.Opened(ACCOUNT, proof(), tokens()));
    all.put("prelogin", new Login.Prelogin(NAME));
    all.put("prelogin-reply", new Login.PreloginReply(KDF));
    all.put(
        "login-start",
        new Login.Start(NAME, LOGIN.clientNonce(), DEVICE, DEVICE_KEY.publicKey(), DEVICE_NAME));
    all.put(
        "login-challenge", new Login.Challenge(bytes(16, 0x10), LOGIN.serverNonce(), KDF, LATER));
    all.put("login-finish", new Login.Finish(bytes(16, 0x10), AUTH.sign(LOGIN.withPassword(KDF))));
    all.put(
        "login-granted",
        new Login.Granted(ACCOUNT, 1, 1, ENTRY, proof(), new Token(bytes(32, 0x70)), LATER));
    all.put("session-challenge", new Session.Challenge(bytes(16, 0x3c), 1, bytes(80, 0x3d), LATER));
    all.put("session-answer", new Session.Answer(bytes(16, 0x3c), bytes(32, 0x3e), CERTIFICATE));
    all.put("tokens", tokens());
    all.put("refresh", new Session.Refresh(new Token(bytes(32, 0x72))));
    all.put("who-am-i", new Session.WhoAmI(ACCOUNT, NAME, DEVICE, 1, 1));
    all.put("key-token-request", new KeyServing.TokenRequest(KeyServing.Action.WRITE));
    all.put("key-token-reply", new KeyServing.TokenReply(new Token(bytes(32, 0x73)), LATER));
    all.put("introspection", new KeyServing.Introspection(new Token(bytes(32, 0x73))));
    all.put(
        "introspection-reply",
        new KeyServing.IntrospectionReply(
            ACCOUNT,
            DEVICE,
            DEVICE_KEY.publicKey(),
            KeyServing.Action.WRITE,
            1,
            AUTH.publicKey(),
            1));
    all.put("wrapped-keys", new KeyServing.Records(List.of(byPassword(), wrappedEncryption())));
    all.put("password-change", passwordChange());
    all.put("key-renewal", keyRenewal());
    all.put("renewed", new AccountChange.Renewed(proof(), tokens()));
    all.put(
        "account-deletion",
        new AccountChange.Deletion(
            NOW, AUTH.sign(AccountStatements.accountDeletion(SERVER, ACCOUNT, NOW))));
    all.put(
        "directory-person",
        new Directory.Person(ACCOUNT, NAME, ENTRY, proof(), List.of(CERTIFICATE)));
    all.put("directory-log", new Directory.Log(List.of(new Directory.Logged(ENTRY, proof()))));
    all.put("key-log-growth", new KeyLogGrowth(List.of(bytes(32, 0x4c)), head()));
    all.put("devices", new Devices(List.of(new Devices.Device(CERTIFICATE, NOW, true))));
    all.put(
        "recipients",
        new Directory.Recipients(
            List.of(Contact.mail("alice@example.org"), Contact.phone("+49 30 123456"))));
    all.put("registered", new Directory.Registered(List.of(true, false)));
    all.put("presence-setting", new Presence.Setting(Presence.Visibility.CONTACTS));
    all.put(
        "presence-online", new Presence.Online(List.of(new Presence.Person(ACCOUNT, NAME, NOW))));
    all.put("presence-event", new Presence.Event(Presence.Change.ONLINE, ACCOUNT, NAME, NOW));
    all.put(
        "presence-frame",
        new Presence.Frame(new Presence.Event(Presence.Change.ONLINE, ACCOUNT, NAME, NOW)));
    all.put("contacts", new Presence.Contacts(List.of(NAME, new AccountName("bob"))));
    all.put("blocked", new Messages.Blocked(List.of(new AccountName("bob"))));
    all.put("message-submission", submission());
    all.put("message-accepted", new Messages.Accepted(receipt(), List.of(PUZZLE), TWICE));
    all.put("message-countersigned", new Messages.Countersigned(receipt().countersign(IDENTITY)));
    all.put("message", message());
    all.put("message-event", postponed());
    all.put(
        "message-summaries",
        new Messages.Summaries(
            List.of(
                new Messages.Summary(
                    envelope(), NAME, new AccountName("bob"), Messages.State.WAITING, LATER)),
            List.of(MESSAGE)));
    all.put(
        "message-puzzle",
        new Messages.Puzzle(MESSAGE, LATER, 2048, "c0ffee", 12_000_000_000L, "5", PUZZLE));
    all.put("upload", new Messages.Upload(bytes(16, 0x0b), 104_857_600, bytes(32, 0xb1)));
    all.put("upload-state", new Messages.UploadState(3, false, LATER));
    all.put(
        "mailbox-page",
        new Mailbox.Page(List.of(new Mailbox.Item(1, Mailbox.Kind.ARRIVED, MESSAGE, NOW)), true));
    all.put("message-part", new Messages.Part(bytes(5, 0xb2)));
    all.put("message-changed", new Messages.Changed(Messages.State.CANCELLED, LATER, true));
    all.put(
        "mailbox-frame",
        new Mailbox.Frame(
            new Mailbox.Page(
                List.of(new Mailbox.Item(2, Mailbox.Kind.RELEASED, MESSAGE, NOW)), false)));
    all.put("mailbox-acknowledgement", new Mailbox.Acknowledgement(List.of(1L, 3L)));
    all.put(
        "notices",
        new Mailbox.Notices(
            List.of(Contact.mail("alice@example.org")), List.of("https://example.org/hook")));
    all.put("notice", new Mailbox.Notice(MESSAGE, Mailbox.Kind.RELEASED, LATER));
    all.put("problem", Problem.of(ProblemCode.NAME_TAKEN, "alice is taken; choose another name"));
    return all;
  }

  /** Everything that is signed, by its label. */
  static Map<String, Canonical> statements() {
    Map<String, Canonical> all = new LinkedHashMap<>();
    all.put("key-log-entry", NEXT_ENTRY.statement(SERVER));
    all.put("registration", registration().statement(SERVER));
    all.put("login", LOGIN.withPassword(KDF));
    all.put("recovery", LOGIN.withRecoveryKey());
    all.put("password-change", passwordChange().statement(SERVER, ACCOUNT));
    all.put("key-renewal", AccountStatements.keyRenewal(SERVER, NEXT_ENTRY, NOW));
    all.put("account-deletion", AccountStatements.accountDeletion(SERVER, ACCOUNT, NOW));
    all.put("envelope", envelope().statement());
    all.put("message-receipt", receipt().statement());
    all.put("countersignature", receipt().countersigned());
    all.put("message-event", postponed().statement());
    return all;
  }

  static Registration.Request registration() {
    Contact contact = Contact.mail("alice@Example.ORG");
    Canonical statement =
        AccountStatements.registration(
            SERVER, NAME, contact, AUTH.publicKey(), RECOVERY.publicKey(), KDF, ENTRY, CERTIFICATE);
    return new Registration.Request(
        NAME,
        contact,
        AUTH.publicKey(),
        RECOVERY.publicKey(),
        KDF,
        ENTRY,
        CERTIFICATE,
        IDENTITY.sign(statement),
        AUTH.sign(statement),
        RECOVERY.sign(statement));
  }

  static AccountChange.Password passwordChange() {
    Canonical statement =
        AccountStatements.passwordChange(
            SERVER, ACCOUNT, 2, NEW_AUTH.publicKey(), NEW_KDF, Authority.PASSWORD, NOW);
    return new AccountChange.Password(
        2,
        NEW_AUTH.publicKey(),
        NEW_KDF,
        Authority.PASSWORD,
        NOW,
        AUTH.sign(statement),
        IDENTITY.sign(statement),
        NEW_AUTH.sign(statement));
  }

  static AccountChange.KeyRenewal keyRenewal() {
    Signature authSignature = AUTH.sign(AccountStatements.keyRenewal(SERVER, NEXT_ENTRY, NOW));
    return new AccountChange.KeyRenewal(NEXT_ENTRY, NOW, authSignature, NEXT_CERTIFICATE);
  }

  static Envelope envelope() {
    return new Envelope(
        Suite.X25519,
        SERVER,
        MESSAGE,
        ACCOUNT,
        1,
        DEVICE,
        new AccountId(bytes(16, 0xbb)),
        3,
        "text/plain",
        MESSAGE.value(),
        NOW,
        LATER,
        Policy.AT_UNLOCK,
        PuzzleBy.SENDER,
        2048,
        "fastest-cpu/1",
        1100,
        bytes(32, 0xa1),
        bytes(32, 0xa2),
        Sha256.of(ENCRYPTED_KEY));
  }

  static Messages.Submission submission() {
    return new Messages.Submission(
        envelope(),
        envelope().sign(IDENTITY),
        MessageEvent.created(envelope(), IDENTITY),
        List.of(bytes(40, 0xa7)),
        List.of(ENCRYPTED_KEY),
        List.of(
            new Messages.SenderPuzzle(PUZZLE, TWICE, bytes(32, 0xa8), List.of(bytes(32, 0xa9)))));
  }

  static MessageReceipt receipt() {
    return MessageReceipt.sign(SERVER_KEY, envelope(), PUZZLE, TWICE, bytes(32, 0xa8), NOW);
  }

  static Messages.Message message() {
    return new Messages.Message(sealed(), Messages.State.RELEASED, List.of(opening()));
  }

  static Messages.Sealed sealed() {
    return new Messages.Sealed(
        envelope(),
        envelope().sign(IDENTITY),
        ENTRY,
        proof(),
        receipt(),
        List.of(receipt().countersign(IDENTITY)),
        List.of(MessageEvent.created(envelope(), IDENTITY), postponed()),
        List.of(PUZZLE),
        TWICE);
  }

  private static Messages.Opening opening() {
    return new Messages.Opening(bytes(32, 0xa9), ENCRYPTED_KEY, LATER);
  }

  private static MessageEvent postponed() {
    return MessageEvent.created(envelope(), IDENTITY)
        .next(MessageEvent.Kind.POSTPONED, 1, NOW, LATER.plus(Duration.ofDays(1)), IDENTITY);
  }

  static Bytes bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  private static SigningKey key(int seed) {
    return SigningKey.fromSeed(SecretBytes.takeOver(bytes(32, seed).toArray()));
  }

  private static DeviceCertificate certificate(long generation, SigningKey identity) {
    return DeviceCertificate.sign(
        SERVER, ACCOUNT, generation, identity, DEVICE, DEVICE_KEY.publicKey(), DEVICE_NAME, NOW);
  }

  private static KeyLogProof proof() {
    return new KeyLogProof(1, List.of(bytes(32, 0x4c)), head());
  }

  private static KeyLogHead head() {
    Bytes root = MerkleTree.of(List.of(bytes(32, 0x4c), ENTRY.leafHash())).root();
    return KeyLogHead.sign(SERVER, SERVER_KEY, 2, root, NOW);
  }

  private static Session.Tokens tokens() {
    return new Session.Tokens(new Token(bytes(32, 0x71)), LATER, new Token(bytes(32, 0x72)), LATER);
  }

  private static WrappedKey byPassword() {
    return new WrappedKey(
        Suite.X25519,
        ACCOUNT,
        KeyPurpose.ACCOUNT_KEY_BY_PASSWORD,
        1,
        new KeyDerivation.FromPassword(Argon2Cost.DEFAULT),
        KDF.salt(),
        bytes(12, 0x17),
        AUTH.publicKey().value(),
        bytes(80, 0xc7));
  }

  private static WrappedKey wrappedEncryption() {
    return new WrappedKey(
        Suite.X25519,
        ACCOUNT,
        KeyPurpose.ENCRYPTION_KEY,
        1,
        new KeyDerivation.FromKey(),
        bytes(16, 0x5c),
        bytes(12, 0x18),
        ENCRYPTION.publicKey().value(),
        bytes(80, 0xc8));
  }
}
