package org.tidelock.protocol.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keys.KeyDerivation;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.suite.Suite;

/** The JSON library, set as strict as it goes, and how each value type is written. */
final class WireMapper {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT_CHARS = 64 * 1024;
  private static final int MAX_NAME_CHARS = 64;
  private static final int MAX_NUMBER_CHARS = 20;

  private WireMapper() {}

  static JsonMapper create() {
    JsonMapper mapper =
        JsonMapper.builder(factory())
            .addModule(values())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT_CHARS)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule();
    bytes(module, Bytes.class, Function.identity(), Function.identity());
    bytes(module, AccountId.class, AccountId::value, AccountId::new);
    bytes(module, MessageId.class, MessageId::value, MessageId::new);
    bytes(module, DeviceId.class, DeviceId::value, DeviceId::new);
    bytes(module, ServerId.class, ServerId::value, ServerId::new);
    bytes(module, Token.class, Token::value, Token::new);
    bytes(module, Signature.class, Signature::value, Signature::new);
    bytes(module, SigningPublicKey.class, SigningPublicKey::value, SigningPublicKey::new);
    bytes(module, EncryptionPublicKey.class, EncryptionPublicKey::value, WireMapper::encryptionKey);
    text(module, AccountName.class, AccountName::value, AccountName::new);
    text(module, DeviceName.class, DeviceName::value, DeviceName::new);
    text(module, KeyDerivation.class, KeyDerivation::text, KeyDerivation::parse);
    choice(module, KeyPurpose.class, KeyPurpose::text);
    choice(module, Contact.Kind.class, Contact.Kind::text);
    choice(module, Authority.class, Authority::text);
    choice(module, KeyServing.Action.class, KeyServing.Action::text);
    choice(module, Presence.Visibility.class, Presence.Visibility::text);
    choice(module, Presence.Change.class, Presence.Change::text);
    choice(module, Policy.class, Policy::text);
    choice(module, PuzzleBy.class, PuzzleBy::text);
    choice(module, MessageEvent.Kind.class, MessageEvent.Kind::text);
    choice(module, Messages.State.class, Messages.State::text);
    choice(module, Mailbox.Kind.class, Mailbox.Kind::text);
    number(module, Suite.class, suite -> (long) suite.number(), WireMapper::suite);
    number(module, Instant.class, Instant::toEpochMilli, WireMapper::instant);
    return module;
  }

  private static <T> void bytes(
      SimpleModule module, Class<T> type, Function<T, Bytes> write, Function<Bytes, T> read) {
    text(
        module,
        type,
        value -> Base64Url.encode(write.apply(value)),
        text -> read.apply(Base64Url.decode(text)));
  }

  private static <T extends Enum<T>> void choice(
      SimpleModule module, Class<T> type, Function<T, String> write) {
    List<T> choices = List.of(type.getEnumConstants());
    String allowed = String.join(", ", choices.stream().map(write).toList());
    text(
        module,
        type,
        write,
        text ->
            choices.stream()
                .filter(choice -> write.apply(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + allowed)));
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new ValueWriter.Text<>(type, write));
    module.addDeserializer(type, new ValueReader.Text<>(type, read));
  }

  private static <T> void number(
      SimpleModule module, Class<T> type, Function<T, Long> write, Function<Long, T> read) {
    module.addSerializer(type, new ValueWriter.Whole<>(type, write));
    module.addDeserializer(type, new ValueReader.Whole<>(type, read));
  }

  private static Suite suite(long number) {
    return Suite.numbered(Math.toIntExact(number));
  }

  private static Instant instant(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("is %d; milliseconds since 1970".formatted(millis));
    }
    return Instant.ofEpochMilli(millis);
  }

  /** The length says which suite a key is of; the record it stands in says so too. */
  private static EncryptionPublicKey encryptionKey(Bytes value) {
    return Arrays.stream(Suite.values())
        .filter(suite -> suite.publicKeyBytes() == value.length())
        .findFirst()
        .map(suite -> new EncryptionPublicKey(suite, value))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "encryption key has %d bytes; 32 or 1216 required".formatted(value.length())));
  }
}
