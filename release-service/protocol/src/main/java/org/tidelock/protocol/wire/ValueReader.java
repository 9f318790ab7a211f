package org.tidelock.protocol.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.function.Function;

/** How a value type is read: from one text, or from one whole number, and nothing else. */
final class ValueReader {

  private ValueReader() {}

  @SuppressWarnings("serial") // The library's base class is serializable; these never are.
  static final class Text<T> extends StdDeserializer<T> {

    private final transient Function<String, T> read;

    Text(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        throw new FieldValueException(in, "has the wrong type; a text is required");
      }
      try {
        return read.apply(in.getText());
      } catch (IllegalArgumentException e) {
        throw new FieldValueException(in, String.valueOf(e.getMessage()));
      }
    }
  }

  @SuppressWarnings("serial") // The library's base class is serializable; these never are.
  static final class Whole<T> extends StdDeserializer<T> {

    private final transient Function<Long, T> read;

    Whole(Class<T> type, Function<Long, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_NUMBER_INT)
          || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw new FieldValueException(in, "has the wrong type; a whole number is required");
      }
      try {
        return read.apply(in.getLongValue());
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new FieldValueException(in, String.valueOf(e.getMessage()));
      }
    }
  }
}
