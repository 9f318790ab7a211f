package org.tidelock.protocol.wire;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;

/**
 * The documents of scheduled messages. Where something may be absent it is a list of at most one.
 */
public final class Messages {

  /** The longest encrypted content that travels in the submission; longer ones are uploaded. */
  public static final int MAX_INLINE_BYTES = 24 * 1024;

  /** How many bytes of an upload travel at once; only the last part is shorter. */
  public static final int PART_BYTES = 45 * 1024;

  /** How many senders an account blocks at most. */
  public static final int MAX_BLOCKED = 1000;

  private static final int MAX_ENCRYPTED_KEY_BYTES = 2048;
  private static final int MAX_PUZZLE_BYTES = 8192;
  private static final int MAX_SUMMARIES = 100;

  private Messages() {}

  /** Where a message stands. */
  public enum State {
    /** Its time has not come. */
    WAITING("waiting"),
    /** Its time has come; the key was handed out. */
    RELEASED("released"),
    /** The sender took it back before its time. */
    CANCELLED("cancelled"),
    /** Only solving opens it: the server has nothing to release. */
    PUZZLE_ONLY("puzzle-only"),
    /** What the server kept of its key was altered: only solving opens it. */
    DAMAGED("damaged");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** How it is written on the wire. */
    public String text() {
      return text;
    }
  }

  /**
   * Sends a message.
   *
   * @param signature by the sender's account, over the envelope
   * @param created the first event of its log
   * @param payload the encrypted content; empty if it was uploaded before
   * @param encryptedKey the message key sealed to the recipient; empty if the sender made the
   *     puzzle and deposits nothing
   * @param senderPuzzle what the sender made, if the sender makes the puzzle
   */
  public record Submission(
      Envelope envelope,
      Signature signature,
      MessageEvent created,
      List<Bytes> payload,
      List<Bytes> encryptedKey,
      List<SenderPuzzle> senderPuzzle) {

    public Submission {
      payload = atMostOne("payload", payload, MAX_INLINE_BYTES);
      encryptedKey = atMostOne("encryptedKey", encryptedKey, MAX_ENCRYPTED_KEY_BYTES);
      senderPuzzle = Checks.atMost("senderPuzzle", senderPuzzle, 1);
    }
  }

  /**
   * A puzzle that the sender made.
   *
   * @param puzzle header and ciphertext
   * @param challengeCommitment to the key that the puzzle hides
   * @param deposit the challenge key, if the server is to release it
   */
  public record SenderPuzzle(
      Bytes puzzle, Bytes doubleEncrypted, Bytes challengeCommitment, List<Bytes> deposit) {

    public SenderPuzzle {
      bounded("puzzle", puzzle, MAX_PUZZLE_BYTES);
      bounded("doubleEncrypted", doubleEncrypted, MAX_ENCRYPTED_KEY_BYTES);
      Checks.length("challengeCommitment", challengeCommitment, Sha256.BYTES);
      deposit = Checks.atMost("deposit", deposit, 1);
      deposit.forEach(key -> Checks.length("deposit", key, ChallengeKey.BYTES));
    }
  }

  /**
   * The message was taken, durably.
   *
   * @param puzzle header and ciphertext, unless immediate
   */
  public record Accepted(MessageReceipt receipt, List<Bytes> puzzle, Bytes doubleEncrypted) {

    public Accepted {
      puzzle = atMostOne("puzzle", puzzle, MAX_PUZZLE_BYTES);
      bounded("doubleEncrypted", doubleEncrypted, MAX_ENCRYPTED_KEY_BYTES);
    }
  }

  /** The sender confirms the receipt, so that the recipient need not take the server's word. */
  public record Countersigned(Signature signature) {}

  /**
   * All that is known of a message while it is closed, with everything that proves it.
   *
   * @param signature by the sender's account, over the envelope
   * @param senderEntry the sender's keys of the generation that signed
   * @param senderProof that they stand in the key log
   * @param countersignature the sender's, over the receipt, once it came
   * @param events the sender's decisions, oldest first
   * @param puzzle header and ciphertext, unless immediate
   */
  public record Sealed(
      Envelope envelope,
      Signature signature,
      KeyLogEntry senderEntry,
      KeyLogProof senderProof,
      MessageReceipt receipt,
      List<Signature> countersignature,
      List<MessageEvent> events,
      List<Bytes> puzzle,
      Bytes doubleEncrypted) {

    public Sealed {
      countersignature = Checks.atMost("countersignature", countersignature, 1);
      events = Checks.atMost("events", events, EventLog.MAX_EVENTS);
      puzzle = atMostOne("puzzle", puzzle, MAX_PUZZLE_BYTES);
      bounded("doubleEncrypted", doubleEncrypted, MAX_ENCRYPTED_KEY_BYTES);
    }
  }

  /** What the server handed out at its time. */
  public record Opening(Bytes challengeKey, Bytes encryptedKey, Instant releasedAt) {

    public Opening {
      Checks.length("challengeKey", challengeKey, ChallengeKey.BYTES);
      bounded("encryptedKey", encryptedKey, MAX_ENCRYPTED_KEY_BYTES);
    }
  }

  /**
   * A message, for its sender and its recipient.
   *
   * @param opening once released
   */
  public record Message(Sealed sealed, State state, List<Opening> opening) {

    public Message {
      opening = Checks.atMost("opening", opening, 1);
    }
  }

  /**
   * A line of a list of messages. Nothing here is proven: names and state are the server's word.
   *
   * @param releaseAt the release time that holds now
   */
  public record Summary(
      Envelope envelope,
      AccountName senderName,
      AccountName recipientName,
      State state,
      Instant releaseAt) {}

  /**
   * A page of messages, newest first.
   *
   * @param next where the next page begins; none if this is the last
   */
  public record Summaries(List<Summary> messages, List<MessageId> next) {

    public Summaries {
      messages = Checks.atMost("messages", messages, MAX_SUMMARIES);
      next = Checks.atMost("next", next, 1);
    }
  }

  /**
   * A message's puzzle, for whoever wants to solve it.
   *
   * @param bits the length of the modulus
   * @param modulus N, in lower-case hexadecimal, as are the other numbers
   * @param puzzle header and ciphertext
   */
  public record Puzzle(
      MessageId message,
      Instant unlockAt,
      int bits,
      String modulus,
      long squarings,
      String base,
      Bytes puzzle) {

    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{1,1024}");

    public Puzzle {
      Checks.atLeastOne("bits", bits);
      Checks.atLeastOne("squarings", squarings);
      bounded("puzzle", puzzle, MAX_PUZZLE_BYTES);
      for (String number : List.of(modulus, base)) {
        if (!NUMBER.matcher(number).matches()) {
          throw new IllegalArgumentException("modulus and base must be lower-case hexadecimal");
        }
      }
    }
  }

  /**
   * Begins the upload of an encrypted content, or asks how far it came.
   *
   * @param upload 16 random bytes
   * @param bytes its length
   * @param hash SHA-256 of it
   */
  public record Upload(Bytes upload, long bytes, Bytes hash) {

    public Upload {
      Checks.length("upload", upload, MessageId.BYTES);
      Checks.atLeastOne("bytes", bytes);
      Checks.length("hash", hash, Sha256.BYTES);
    }
  }

  /** A part of an encrypted content, on its way up or down. */
  public record Part(Bytes content) {

    public Part {
      bounded("content", content, PART_BYTES);
    }
  }

  /**
   * A decision of the sender was taken.
   *
   * @param puzzlePublished whether the puzzle was handed out already: who has it opens the message
   *     by solving, whatever the sender decides
   */
  public record Changed(State state, Instant releaseAt, boolean puzzlePublished) {}

  /**
   * How far an upload came.
   *
   * @param parts how many parts are there, from the first on without a gap
   * @param complete whether all are there and their hash is right
   * @param expiresAt when it is removed, unless a message takes it
   */
  public record UploadState(long parts, boolean complete, Instant expiresAt) {

    public UploadState {
      if (parts < 0) {
        throw new IllegalArgumentException("parts is %d; at least 0".formatted(parts));
      }
    }
  }

  /** Whose messages the account does not take, by name; at most 1000. */
  public record Blocked(List<AccountName> names) {

    public Blocked {
      names = Checks.atMost("names", names, MAX_BLOCKED);
    }
  }

  private static List<Bytes> atMostOne(String field, List<Bytes> values, int maxBytes) {
    List<Bytes> checked = Checks.atMost(field, values, 1);
    checked.forEach(value -> bounded(field, value, maxBytes));
    return checked;
  }

  private static void bounded(String field, Bytes value, int max) {
    if (value.length() < 1 || value.length() > max) {
      throw new IllegalArgumentException(
          "%s has %d bytes; 1 to %d allowed".formatted(field, value.length(), max));
    }
  }
}
