package org.tidelock.engine.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelock.engine.lockfile.Keys.ALICE;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.engine.lockfile.LockFileFormatException.Kind;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.PuzzleMaker;

class LockFileFormatTest {

  private static final String V1 = "age-encryption.org/v1\n";
  private static final String MAC = "--- " + "A".repeat(43) + "\n";

  private final PuzzleMaker maker = PuzzleMaker.onePuzzleEach(ModulusPool.onDemand(128));

  static Object[][] malformed() {
    return new Object[][] {
      {"", Kind.NOT_AGE, "empty; a lock file required"},
      {"hello", Kind.NOT_AGE, "not a lock file: it does not begin with age-encryption.org/v1"},
      {"age-encryption.org/v2\n", Kind.NOT_AGE, "an age file of another version than v1"},
      {"age-encryption", Kind.TRUNCATED, "ends within its first line"},
      {V1, Kind.TRUNCATED, "ends within its header"},
      {V1 + "-> tidelock/v1\n", Kind.TRUNCATED, "ends within its header"},
      {
        V1 + "-> tidelock/v1\n" + ("A".repeat(64) + "\n").repeat(2000),
        Kind.HEADER_TOO_LONG,
        "header has more than 65000 bytes"
      },
      {V1 + "x".repeat(70_000), Kind.HEADER_TOO_LONG, "header has more than 65000 bytes"},
      {V1 + MAC, Kind.MALFORMED, "malformed age header: no stanza; at least one required"},
      {
        V1 + "-> X25519 a  b\n\n" + MAC,
        Kind.MALFORMED,
        "malformed age header: a stanza's words must be printable and separated by single blanks"
      },
      {
        V1 + "-> X25519\n" + "A".repeat(65) + "\n",
        Kind.MALFORMED,
        "malformed age header: a line of a stanza's body has more than 64 characters"
      },
      {
        V1 + "-> X25519\nAB\n" + MAC,
        Kind.MALFORMED,
        "malformed age header: a line is not canonical base64"
      },
      {
        V1 + "-> X25519\n\nnext\n",
        Kind.MALFORMED,
        "malformed age header: neither a stanza nor the authentication code stands where one is due"
      },
      {
        V1 + "-> X25519 abc\n\n" + MAC,
        Kind.NO_TIME_LOCK,
        "age file without a tidelock/v1 stanza; no time-lock opens it"
      },
      {
        V1 + "-> tidelock/v1\n\n-> tidelock/v1\n\n" + MAC,
        Kind.MALFORMED,
        "2 tidelock/v1 stanzas, the first with 0 arguments; one without arguments required"
      },
      {
        V1 + "-> tidelock/v1 x\n\n" + MAC,
        Kind.MALFORMED,
        "1 tidelock/v1 stanzas, the first with 1 arguments; one without arguments required"
      },
      {V1 + "-> tidelock/v1\n\n" + MAC, Kind.PUZZLE, "puzzle: ends before the length of label"},
      {"-----BEGIN AGE ENCRYPTED FILE-----", Kind.TRUNCATED, "armor ends after its first line"},
      {
        "-----BEGIN AGE ENCRYPTED FILE----- x\n",
        Kind.MALFORMED,
        "malformed armor: its first line does not end with the line"
      },
      {
        "\r\n -----BEGIN AGE ENCRYPTED FILE-----\r\nYWdl\n",
        Kind.TRUNCATED,
        "armor ends before its last line"
      },
      {
        "-----BEGIN AGE ENCRYPTED FILE-----\nYWd\n",
        Kind.MALFORMED,
        "malformed armor: a line is not canonical base64"
      },
      {
        "-----BEGIN AGE ENCRYPTED FILE-----\n" + "A".repeat(66) + "\n",
        Kind.MALFORMED,
        "malformed armor: a line of more than 64 characters"
      },
      {
        "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\nYWdl\n",
        Kind.MALFORMED,
        "malformed armor: a line after the short last one"
      },
    };
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void namesWhatIsWrong(String text, Kind kind, String message) {
    assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            LockFileFormatException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessage(message);
  }

  @Test
  void refusesASmallModulusWithoutTheFlag() throws Exception {
    byte[] locked = new Locker().lock(new byte[1], false, List.of());

    assertThatThrownBy(
            () -> LockFile.read(new ByteArrayInputStream(locked), ModulusPolicy.STANDARD))
        .hasMessage(
            "puzzle: modulus has 128 bits; at least 2048 required (--insecure-allow-small-modulus to open it anyway)");
  }

  @Test
  void refusesAPuzzleForAnotherPurpose() {
    assertThatThrownBy(() -> read(withPuzzle("message", new byte[0], 16)))
        .hasMessage("puzzle: purpose is message; age-file-key or age-nested required");
  }

  @Test
  void refusesAContext() {
    assertThatThrownBy(() -> read(withPuzzle("age-file-key", new byte[3], 16)))
        .hasMessage("puzzle: context has 3 bytes; none allowed");
  }

  @Test
  void refusesTrailingAndMissingBytes() {
    assertThatThrownBy(() -> read(withPuzzle("age-file-key", new byte[0], 17)))
        .hasMessage("puzzle: 1 trailing bytes; none allowed");
    assertThatThrownBy(() -> read(withPuzzle("age-file-key", new byte[0], 15)))
        .hasMessage("puzzle: 1 bytes missing at its end");
  }

  @Test
  void warnsOfEveryOtherRealStanzaAndOfNoGrease() throws Exception {
    LockFile file =
        read(
            written(
                new TimeLockStanza.Writer(maker, 10, false),
                key -> List.of(new AgeStanza("x7-grease", List.of("a"), Bytes.ofHex("00"))),
                ALICE.stanzaWriter()));

    assertThat(file.info().warnings())
        .containsExactly(
            "a stanza of type X25519 opens the file too, before its time, for whoever holds that key");
    assertThat(Locker.open(file, List.of())).hasSize(5);
  }

  @Test
  void readsKeysAsAgeWritesThem() throws Exception {
    assertThat(
            Identity.parseAll(
                "# created: today\n\n" + Keys.ALICE_SECRET_TEXT + "\r\n" + Keys.ALICE_SECRET_TEXT))
        .hasSize(2);
    assertThat(Recipient.parse(" " + ALICE + "\n")).hasToString(ALICE.toString());
  }

  @Test
  void refusesOtherKeysWithoutQuotingASecret() {
    assertThatThrownBy(() -> Identity.parseAll("# x\n" + Keys.ALICE_SECRET_TEXT + "Q"))
        .isInstanceOf(LockFileFormatException.class)
        .hasMessage("line 2 is not an age identity; AGE-SECRET-KEY-1... required")
        .hasNoCause();
    assertThatThrownBy(() -> Identity.parseAll("# nothing"))
        .hasMessage("no identity; at least one AGE-SECRET-KEY-1... required");
    assertThatThrownBy(() -> Recipient.parse("age1xyz"))
        .hasMessage(
            "recipient \"age1xyz\" is not an age recipient; it has 7 characters, 62 required: copy it"
                + " again");
    assertThatThrownBy(() -> Recipient.parse("ssh-ed25519 AAAA"))
        .hasMessageEndingWith("is not an age recipient; age1 and 58 characters required");
    String right = ALICE.toString();
    String mistyped = right.substring(0, 61) + (right.endsWith("q") ? "p" : "q");
    assertThatThrownBy(() -> Recipient.parse(mistyped))
        .hasMessageContaining("its checksum does not match");
  }

  @Test
  void neverRepeatsASecretKeyGivenAsRecipient() {
    assertThatThrownBy(() -> Recipient.parse(Keys.ALICE_SECRET_TEXT.toLowerCase(Locale.ROOT)))
        .isInstanceOf(LockFileFormatException.class)
        .hasMessageStartingWith("a secret key (AGE-SECRET-KEY-...) was given as recipient")
        .message()
        .doesNotContainIgnoringCase(Keys.ALICE_SECRET_TEXT.substring(16));
  }

  private byte[] withPuzzle(String purpose, byte[] context, int payloadBytes) {
    Bytes body = maker.make(10, purpose, Bytes.of(context), new byte[payloadBytes]).encoded();
    return written(key -> List.of(new AgeStanza(TimeLockStanza.TYPE, List.of(), body)));
  }

  private static byte[] written(RecipientStanzaWriter... stanzas) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var channel =
        new StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(out), List.of(stanzas))) {
      channel.write(java.nio.ByteBuffer.allocate(5));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static LockFile read(byte[] bytes) throws Exception {
    return LockFile.read(new ByteArrayInputStream(bytes), ModulusPolicy.INSECURE_ALLOW_SMALL);
  }
}
