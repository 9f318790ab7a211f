package org.tidelock.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Hostile bytes give a message that is written as it was understood, or a refusal. */
class ExportedMessageFuzzTest {

  @FuzzTest(maxDuration = "2s")
  void readsOrRefuses(byte[] input) throws IOException {
    readOrRefuse(input);
    byte[] line = "tidelock-message/1\n".getBytes(StandardCharsets.US_ASCII);
    byte[] begun = new byte[line.length + input.length];
    System.arraycopy(line, 0, begun, 0, line.length);
    System.arraycopy(input, 0, begun, line.length, input.length);
    readOrRefuse(begun);
  }

  private static void readOrRefuse(byte[] file) throws IOException {
    ExportedMessage.Reading reading = ExportedMessage.read(new ByteArrayInputStream(file));
    if (reading instanceof ExportedMessage.Reading.Read(Messages.Sealed sealed)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ExportedMessage.write(sealed, out);
      ExportedMessage.Reading again =
          ExportedMessage.read(new ByteArrayInputStream(out.toByteArray()));
      if (!reading.equals(again)) {
        throw new AssertionError("two readings of one message");
      }
    }
  }
}
