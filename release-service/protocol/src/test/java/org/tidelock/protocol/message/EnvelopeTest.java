package org.tidelock.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.Suite;

class EnvelopeTest {

  private static final SampleMessage MESSAGE = new SampleMessage(Suite.X25519);

  static Stream<String> fields() {
    return Arrays.stream(Envelope.class.getRecordComponents()).map(RecordComponent::getName);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyFieldIsSigned(String field) {
    Signature signature = MESSAGE.envelope.sign(MESSAGE.sender);
    Envelope changed = with(field, other(field));

    assertThat(MESSAGE.envelope.isSigned(MESSAGE.sender.publicKey(), signature)).isTrue();
    assertThat(changed.isSigned(MESSAGE.sender.publicKey(), signature)).isFalse();
    assertThat(changed.hash()).isNotEqualTo(MESSAGE.envelope.hash());
  }

  @ParameterizedTest
  @MethodSource("fields")
  void theSealedKeyIsBoundToEveryFieldButItsOwnHash(String field) {
    Envelope changed = with(field, other(field));

    assertThat(changed.sealInfo().equals(MESSAGE.envelope.sealInfo()))
        .isEqualTo(field.equals("encryptedKeyHash"));
  }

  @Test
  void noTwoMutationsHaveOneEncoding() {
    Set<Bytes> encodings = new HashSet<>();
    fields().forEach(field -> encodings.add(with(field, other(field)).statement().encoded()));

    assertThat(encodings).hasSize((int) fields().count());
  }

  @Test
  void refusesWhatContradictsItself() {
    refused("unlockAt", MESSAGE.envelope.createdAt(), "not after createdAt");
    refused("bits", 1024, "bits is 1024; 2048, 3072 or 4096 required");
    refused("policy", Policy.IMMEDIATE, "an immediate message has no puzzle");
    refused("puzzleBy", PuzzleBy.NOBODY, "server or sender required");
    refused("profile", "none", "profile must be a name with a version");
    refused("type", "Text/Plain", "media type in lower case");
    refused("conversation", SampleMessage.bytes(15, 1), "conversation has 15 bytes; 16 required");
    refused("payloadBytes", 0L, "payloadBytes is 0; at least 1");
    refused("senderGeneration", 0L, "senderGeneration is 0; at least 1");
    refused("unlockAt", Instant.ofEpochSecond(2_000_000_000L, 1), "whole milliseconds");
  }

  private static void refused(String field, Object value, String message) {
    assertThatThrownBy(() -> with(field, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Object other(String field) {
    Envelope e = MESSAGE.envelope;
    return switch (field) {
      case "suite" -> Suite.X_WING;
      case "server" -> new ServerId(SampleMessage.bytes(16, 1));
      case "message" -> new MessageId(SampleMessage.bytes(16, 1));
      case "sender", "recipient" -> new AccountId(SampleMessage.bytes(16, 1));
      case "senderGeneration", "recipientGeneration" -> 7L;
      case "device" -> new DeviceId(SampleMessage.bytes(16, 1));
      case "type" -> "text/html";
      case "conversation" -> SampleMessage.bytes(16, 1);
      case "createdAt" -> e.createdAt().plusMillis(1);
      case "unlockAt" -> e.unlockAt().minusMillis(1);
      case "policy" -> Policy.PUZZLE_ONLY;
      case "puzzleBy" -> PuzzleBy.SENDER;
      case "bits" -> 3072;
      case "profile" -> "fpga/1";
      case "payloadBytes" -> e.payloadBytes() + 1;
      case "payloadHash", "keyCommitment", "encryptedKeyHash" -> SampleMessage.bytes(32, 1);
      default -> throw new AssertionError("no other value for " + field);
    };
  }

  private static Envelope with(String field, Object value) {
    try {
      RecordComponent[] components = Envelope.class.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] =
            components[i].getName().equals(field)
                ? value
                : components[i].getAccessor().invoke(MESSAGE.envelope);
      }
      Constructor<Envelope> constructor =
          Envelope.class.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
