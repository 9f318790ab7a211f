package org.tidelock.bench.messages;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.tidelock.bench.service.User;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Request;

/**
 * {@code POST /v1/messages} alone: messages that were sealed before are submitted, and neither is
 * the recipient looked up nor the receipt countersigned. Thread-safe, with one thread for each
 * sender.
 */
final class Posts {

  /** The submission is a part of a send, and may be done so much more often. */
  private static final int POSTS_FOR_EACH_SEND = 3;

  private final Submissions submissions;
  private final List<Correspondent> senders;
  private final List<Correspondent> recipients;
  private final List<Queue<Messages.Submission>> sealed;

  Posts(Submissions submissions, List<Correspondent> senders, List<Correspondent> recipients) {
    this.submissions = submissions;
    this.senders = senders;
    this.recipients = recipients;
    this.sealed =
        senders.stream()
            .<Queue<Messages.Submission>>map(_ -> new ConcurrentLinkedQueue<>())
            .toList();
  }

  /** Seals ahead as many as are posted in this time, if whole sends are done at this rate. */
  void sealFor(double sendsPerSecond, Duration time) {
    seal((int) Math.ceil(POSTS_FOR_EACH_SEND * sendsPerSecond * time.toSeconds() / senders.size()));
  }

  /**
   * Seals messages ahead; what is left of earlier ones is dropped, since an envelope that is older
   * than five minutes is refused.
   */
  private void seal(int perSender) {
    IntStream.range(0, senders.size())
        .parallel()
        .forEach(
            sender -> {
              sealed.get(sender).clear();
              for (int i = 0; i < perSender; i++) {
                sealed.get(sender).add(seal(sender, i));
              }
            });
  }

  /** Submits one. Where none is left that was sealed ahead, it is sealed now. */
  void post(int sender) throws IOException {
    Messages.Submission ahead = sealed.get(sender).poll();
    User.requireGranted(
        senders
            .get(sender)
            .session()
            .send(
                Request.post("/v1/messages", ahead == null ? seal(sender, 0) : ahead),
                Messages.Accepted.class));
  }

  private Messages.Submission seal(int sender, int number) {
    try {
      Correspondent to = recipients.get((sender + number) % recipients.size());
      return submissions.seal(
          senders.get(sender).identity(),
          to.identity().entry(),
          Submissions.Content.seal(),
          Instant.now().plus(SendLoad.LOCKED));
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read or written but memory", e);
    }
  }
}
