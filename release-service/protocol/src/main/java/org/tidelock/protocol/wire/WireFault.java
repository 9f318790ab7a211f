package org.tidelock.protocol.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.protocol.wire.WireJson.Reading;

/** Says in our words what the JSON library objects to: its own name Java classes. */
final class WireFault {

  private static final Pattern CREATOR_PROPERTY =
      Pattern.compile("(Missing|Null value)[a-z ]* creator property '([^']*)'");

  private WireFault() {}

  static <T> Reading<T> explain(JacksonException fault) {
    return switch (fault) {
      case ValueInstantiationException refused when cause(refused) instanceof String reason ->
          new Reading.InvalidField<>(path(refused), reason);
      case FieldValueException refused ->
          new Reading.InvalidField<>(path(refused), refused.reason());
      case UnrecognizedPropertyException unknown ->
          new Reading.InvalidField<>(path(unknown), "is not a field of this document");
      case InvalidNullException absent -> new Reading.InvalidField<>(path(absent), "is null");
      case MismatchedInputException mismatch -> mismatch(mismatch);
      case StreamConstraintsException beyond ->
          new Reading.Malformed<>("the document is nested too deep, or a value is too long");
      case JsonMappingException mapping when mapping.getCause() instanceof InputCoercionException ->
          new Reading.InvalidField<>(path(mapping), "is out of range");
      case JsonMappingException mapping when mapping.getCause() instanceof JacksonException inner ->
          explain(inner);
      default -> new Reading.Malformed<>("the document is not well-formed JSON");
    };
  }

  private static <T> Reading<T> mismatch(MismatchedInputException mismatch) {
    String message = mismatch.getOriginalMessage();
    Matcher property = CREATOR_PROPERTY.matcher(message);
    if (property.lookingAt()) {
      String fault = property.group(1).equals("Missing") ? "is missing" : "is null";
      return new Reading.InvalidField<>(below(path(mismatch), property.group(2)), fault);
    }
    if (message.startsWith("Cannot map `null`")) {
      return new Reading.InvalidField<>(path(mismatch), "is null");
    }
    if (message.startsWith("Trailing token")) {
      return new Reading.Malformed<>("something follows the document");
    }
    if (message.startsWith("No content")) {
      return new Reading.Malformed<>("the document is empty");
    }
    return new Reading.InvalidField<>(path(mismatch), "has the wrong type");
  }

  /** The library names a field that is not there sometimes in the path and sometimes not. */
  private static String below(String path, String field) {
    if (path.isEmpty()) {
      return field;
    }
    return path.equals(field) || path.endsWith("." + field) ? path : path + "." + field;
  }

  private static Object cause(ValueInstantiationException refused) {
    return refused.getCause() instanceof IllegalArgumentException cause
        ? String.valueOf(cause.getMessage())
        : refused;
  }

  private static String path(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
