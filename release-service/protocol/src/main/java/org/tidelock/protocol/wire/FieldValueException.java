package org.tidelock.protocol.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/** A field's value is not one of its type. The reason is fit to be shown. */
final class FieldValueException extends JsonMappingException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  FieldValueException(JsonParser parser, String reason) {
    super(parser, reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
