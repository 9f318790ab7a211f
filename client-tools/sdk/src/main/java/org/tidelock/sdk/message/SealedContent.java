package org.tidelock.sdk.message;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;

/** An encrypted content on its way: from a stream into the outbox, up in parts, and down again. */
final class SealedContent {

  private static final int MAX_WAITS = 120;
  private static final long WAIT_MILLIS = 500;

  private final OwnSession session;

  SealedContent(OwnSession session) {
    this.session = session;
  }

  /** Encrypts into a file that only its owner reads. */
  static MessagePayload.Sealed seal(InputStream content, long length, Path file)
      throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            java.nio.channels.Channels.newOutputStream(
                Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------")))))) {
      return MessagePayload.seal(content, length, out);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** What travels with the submission: the content, if it is short. */
  static List<Bytes> inline(MessagePayload.Sealed sealed, Path file) throws IOException {
    return sealed.bytes() <= Messages.MAX_INLINE_BYTES
        ? List.of(Bytes.of(Files.readAllBytes(file)))
        : List.of();
  }

  /** Uploads a long content; goes on where an earlier try stopped. */
  Answer<Messages.UploadState> upload(Envelope envelope, Path file) throws IOException {
    // The same message always uploads under the same id.
    Bytes id = Bytes.of(Arrays.copyOf(Sha256.of(envelope.hash()).toArray(), MessageId.BYTES));
    String path = "/v1/uploads/" + Base64Url.encode(id);
    Answer<Messages.UploadState> state =
        send(
            Request.post(
                "/v1/uploads",
                new Messages.Upload(id, envelope.payloadBytes(), envelope.payloadHash())));
    if (!(state instanceof Answer.Granted<Messages.UploadState>(Messages.UploadState begun))
        || begun.complete()) {
      return state;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.skipNBytes(begun.parts() * Messages.PART_BYTES);
      long part = begun.parts();
      for (byte[] bytes = in.readNBytes(Messages.PART_BYTES);
          bytes.length > 0;
          bytes = in.readNBytes(Messages.PART_BYTES)) {
        state = send(Request.put(path + "/parts/" + part++, new Messages.Part(Bytes.of(bytes))));
        if (state instanceof Answer.Refused<Messages.UploadState>) {
          return state;
        }
      }
    }
    return send(Request.post(path + "/completion"));
  }

  /** Downloads the content of a message. */
  Answer<Long> download(Envelope envelope, OutputStream out) throws IOException {
    long bytes = 0;
    for (long part = 0; bytes < envelope.payloadBytes(); part++) {
      Request request =
          Request.get("/v1/messages/%s/content/%d".formatted(envelope.message(), part));
      switch (patiently(request, Messages.Part.class)) {
        case Answer.Granted<Messages.Part>(Messages.Part content) -> {
          out.write(content.content().toArray());
          bytes += content.content().length();
        }
        case Answer.Refused<Messages.Part>(Problem problem) -> {
          return new Answer.Refused<>(problem);
        }
      }
    }
    return new Answer.Granted<>(bytes);
  }

  private Answer<Messages.UploadState> send(Request request) throws IOException {
    return patiently(request, Messages.UploadState.class);
  }

  /** Many parts meet the rate limit: then each waits its turn. */
  private <T> Answer<T> patiently(Request request, Class<T> type) throws IOException {
    Answer<T> answer = session.send(request, type);
    for (int waits = 0; waits < MAX_WAITS && isTooFast(answer); waits++) {
      try {
        Thread.sleep(WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return answer;
      }
      answer = session.send(request, type);
    }
    return answer;
  }

  private static boolean isTooFast(Answer<?> answer) {
    return answer instanceof Answer.Refused<?>(Problem problem)
        && problem.code().filter(ProblemCode.TOO_MANY_REQUESTS::equals).isPresent();
  }
}
