package org.tidelock.server.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.message.OpeningChecks;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Wire.Answer;

/** Somebody who sends and reads messages from one device, as a real client would. */
public final class Correspondent {

  /** So fast a machine that a lock of a minute is 6,000 squarings. */
  public static final String SLOW_PROFILE = "picos/10000000000";

  public final Person person;
  public final Person.Device device;
  public final Token token;

  public Correspondent(Person person, Person.Device device, Token token) {
    this.person = person;
    this.device = device;
    this.token = token;
  }

  /** Somebody new. */
  public static Correspondent registered(RunningServer server, String name) {
    Person person = new Person(server.wire(), name);
    Person.Registered registered = person.register(server);
    return new Correspondent(person, registered.device(), registered.token());
  }

  /** The same person on another device. */
  public Correspondent onNewDevice() {
    Person.Device other = person.newDevice();
    return new Correspondent(
        person,
        other,
        other
            .openSession(other.login().as(org.tidelock.protocol.wire.Login.Granted.class).token())
            .as(org.tidelock.protocol.wire.Session.Tokens.class)
            .accessToken());
  }

  /** The same device at another node, from now on. */
  public Correspondent through(Wire other) {
    person.speakThrough(other);
    return this;
  }

  /** A message that is ready to be sent, or to be spoilt. */
  public Messages.Submission write(Correspondent to, String text, Policy policy, Instant unlockAt) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    MessagePayload.Sealed sealed;
    try {
      sealed = MessagePayload.seal(new ByteArrayInputStream(content), content.length, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Directory.Person recipient = lookUp(to);
    boolean immediate = policy == Policy.IMMEDIATE;
    MessageId id = MessageId.random();
    Envelope open =
        new Envelope(
            recipient.entry().suite(),
            person.serverId(),
            id,
            person.id,
            person.entry.generation(),
            device.id,
            recipient.account(),
            recipient.entry().generation(),
            "text/plain",
            id.value(),
            person.now(),
            immediate ? person.now() : unlockAt,
            policy,
            immediate ? PuzzleBy.NOBODY : PuzzleBy.SERVER,
            immediate ? 0 : 2048,
            immediate ? Envelope.NO_PROFILE : SLOW_PROFILE,
            sealed.bytes(),
            sealed.hash(),
            sealed.key().commitment(id),
            Envelope.NOT_SEALED);
    Bytes encryptedKey = sealed.key().seal(recipient.entry().encryptionKey(), open);
    Envelope envelope = open.around(encryptedKey);
    return new Messages.Submission(
        envelope,
        envelope.sign(person.signing),
        MessageEvent.created(envelope, person.signing),
        List.of(Bytes.of(payload.toByteArray())),
        List.of(encryptedKey),
        List.of());
  }

  private Directory.Person lookUp(Correspondent to) {
    return device.get("/v1/people/" + to.person.name, token).as(Directory.Person.class);
  }

  public Answer post(Messages.Submission submission) {
    return device.post("/v1/messages", token, submission);
  }

  /** Sends a message that the server releases. */
  public Messages.Submission send(Correspondent to, String text, Instant unlockAt) {
    Messages.Submission submission = write(to, text, Policy.AT_UNLOCK, unlockAt);
    Answer answer = post(submission);
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    return submission;
  }

  public Messages.Message fetch(MessageId id) {
    return device.get("/v1/messages/" + id, token).as(Messages.Message.class);
  }

  /** Every item that waits for this device, acknowledged. */
  public List<Mailbox.Item> takeItems() {
    List<Mailbox.Item> items = new ArrayList<>(items());
    if (!items.isEmpty()) {
      device.post(
          "/v1/mailbox/acknowledgements",
          token,
          new Mailbox.Acknowledgement(items.stream().map(Mailbox.Item::sequence).toList()));
    }
    return items;
  }

  public List<Mailbox.Item> items() {
    return device.get("/v1/mailbox", token).as(Mailbox.Page.class).items();
  }

  /** Waits until the message is released. */
  public Messages.Opening awaitOpening(MessageId id) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      Messages.Message message = fetch(id);
      if (!message.opening().isEmpty()) {
        return message.opening().getFirst();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not released: " + fetch(id).state());
  }

  public Optional<String> openReleased(MessageId id) {
    Messages.Message message = fetch(id);
    Messages.Opening opening = message.opening().getFirst();
    return read(
        message,
        checks(message)
            .released(
                SecretBytes.takeOver(opening.challengeKey().toArray()),
                opening.encryptedKey(),
                List.of(person.encryption)));
  }

  /** Squares for it. */
  public Optional<String> openBySolving(MessageId id) throws PuzzleFormatException {
    Messages.Message message = fetch(id);
    Puzzle puzzle = Puzzle.decode(message.sealed().puzzle().getFirst(), ModulusPolicy.STANDARD);
    BigInteger y = puzzle.base();
    for (long i = 0; i < puzzle.squarings(); i++) {
      y = y.multiply(y).mod(puzzle.modulus());
    }
    if (!(puzzle.open(y) instanceof OpenOutcome.Opened opened)) {
      throw new AssertionError("the puzzle does not open");
    }
    return read(
        message,
        checks(message)
            .solved(SecretBytes.takeOver(opened.revealPayload()), List.of(person.encryption)));
  }

  /** The next event of a message, signed. */
  public MessageEvent event(MessageId id, MessageEvent.Kind kind, Instant releaseAt) {
    return new EventLog(fetch(id).sealed().events())
        .head()
        .next(kind, person.entry.generation(), person.now(), releaseAt, person.signing);
  }

  public Answer decide(MessageEvent event) {
    return device.post("/v1/messages/%s/events".formatted(event.message()), token, event);
  }

  private static OpeningChecks checks(Messages.Message message) {
    return new OpeningChecks(
        message.sealed().envelope(),
        message.sealed().receipt(),
        message.sealed().doubleEncrypted());
  }

  private Optional<String> read(Messages.Message message, OpeningChecks.Outcome outcome) {
    if (!(outcome instanceof OpeningChecks.Outcome.Opened(MessageKey key))) {
      return Optional.empty();
    }
    try (key) {
      ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
      long parts = Math.ceilDiv(message.sealed().envelope().payloadBytes(), Messages.PART_BYTES);
      for (long part = 0; part < parts; part++) {
        encrypted.writeBytes(
            device
                .get(
                    "/v1/messages/%s/content/%d"
                        .formatted(message.sealed().envelope().message(), part),
                    token)
                .as(Messages.Part.class)
                .content()
                .toArray());
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      var opened =
          MessagePayload.open(
              key,
              message.sealed().envelope(),
              new ByteArrayInputStream(encrypted.toByteArray()),
              out);
      return opened instanceof MessagePayload.Outcome.Opened
          ? Optional.of(out.toString(StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
