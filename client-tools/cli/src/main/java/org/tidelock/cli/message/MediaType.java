package org.tidelock.cli.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tidelock.cli.CommandFailure;

/** What a content is, by what its sender says, by its file's name, or by how it begins. */
final class MediaType {

  private static final String TEXT = "text/plain";
  private static final String BINARY = "application/octet-stream";
  private static final int PEEKED_BYTES = 8192;

  /** As an envelope has it: in lower case, without parameters. */
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,62}");

  private MediaType() {}

  /**
   * The type that a person wrote.
   *
   * @throws CommandFailure if it is none
   */
  static String typed(String text) {
    String type = text.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(type).matches()) {
      throw CommandFailure.usage(
          "--type is '%s'; a media type such as text/plain or application/pdf required"
              .formatted(text));
    }
    return type;
  }

  /** The type that a file's name tells, if this machine knows it. */
  static Optional<String> ofName(Path file) {
    try {
      return Optional.ofNullable(Files.probeContentType(file))
          .filter(type -> FORM.matcher(type).matches());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Text or not, by how it begins. The stream stands where it stood. */
  static String ofBeginning(BufferedInputStream content) throws IOException {
    content.mark(PEEKED_BYTES);
    byte[] beginning = content.readNBytes(PEEKED_BYTES);
    content.reset();
    return isText(beginning) ? TEXT : BINARY;
  }

  private static boolean isText(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    // What follows may belong to the last character: it need not be whole.
    return !decoder.decode(ByteBuffer.wrap(bytes), text, false).isError()
        && text.flip()
            .chars()
            .allMatch(c -> !Character.isISOControl(c) || "\t\n\f\r".indexOf(c) >= 0);
  }
}
