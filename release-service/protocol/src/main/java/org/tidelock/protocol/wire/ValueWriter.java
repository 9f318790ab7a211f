package org.tidelock.protocol.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.function.Function;

/** How a value type is written: as one text, or as one whole number. */
final class ValueWriter {

  private ValueWriter() {}

  @SuppressWarnings("serial") // The library's base class is serializable; these never are.
  static final class Text<T> extends StdSerializer<T> {

    private final transient Function<T, String> write;

    Text(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(write.apply(value));
    }
  }

  @SuppressWarnings("serial") // The library's base class is serializable; these never are.
  static final class Whole<T> extends StdSerializer<T> {

    private final transient Function<T, Long> write;

    Whole(Class<T> type, Function<T, Long> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(write.apply(value));
    }
  }
}
