package org.tidelock.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message as a file, with everything that opens it but the recipient's key and time: one line
 * {@code tidelock-message/1}, one line of JSON, which is {@link Messages.Sealed}, and the encrypted
 * content to the end. No server is needed to open it.
 */
public final class ExportedMessage {

  private static final byte[] FORMAT = "tidelock-message/1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DOCUMENT_BYTES = 256 * 1024;

  private ExportedMessage() {}

  /** What reading the beginning of a file gave. */
  public sealed interface Reading {

    /** A message; the stream stands at the first byte of its encrypted content. */
    record Read(Messages.Sealed sealed) implements Reading {}

    /**
     * No exported message.
     *
     * @param reason fit to be shown
     */
    record Refused(String reason) implements Reading {}
  }

  /** Writes everything but the encrypted content, which is to follow. */
  public static void write(Messages.Sealed sealed, OutputStream out) throws IOException {
    out.write(FORMAT);
    out.write(WireJson.write(sealed));
    out.write('\n');
  }

  /** Reads as far as to the encrypted content. */
  public static Reading read(InputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(FORMAT.length), FORMAT)) {
      return new Reading.Refused("it does not begin with the line tidelock-message/1");
    }
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return new Reading.Refused("it ends before the encrypted content");
      }
      if (document.size() == MAX_DOCUMENT_BYTES) {
        return new Reading.Refused(
            "its document has more than %d bytes".formatted(MAX_DOCUMENT_BYTES));
      }
      document.write(next);
    }
    return switch (WireJson.read(document.toByteArray(), Messages.Sealed.class)) {
      case WireJson.Reading.Read<Messages.Sealed>(Messages.Sealed sealed) ->
          new Reading.Read(sealed);
      case WireJson.Reading.Malformed<Messages.Sealed>(String reason) ->
          new Reading.Refused(reason);
      case WireJson.Reading.InvalidField<Messages.Sealed>(String field, String reason) ->
          new Reading.Refused((field + " " + reason).strip());
    };
  }
}
