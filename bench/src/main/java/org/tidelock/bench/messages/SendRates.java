package org.tidelock.bench.messages;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.bench.parts.CallRate;
import org.tidelock.bench.parts.EmptyRequests;
import org.tidelock.bench.parts.PartRate;
import org.tidelock.bench.parts.Pgbench;
import org.tidelock.bench.parts.PuzzleMaking;
import org.tidelock.bench.parts.RoundSamples;
import org.tidelock.bench.parts.Verifications;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.bench.service.ServiceUnderLoad;

/** Sends a second, whole and the submission alone, and what their parts would allow. */
final class SendRates {

  private static final String VERIFY = "Ed25519 verification";
  private static final String PUZZLE = "puzzle of 2048 bits, shared modulus";
  private static final String CHECK = "the sender's check of a puzzle";
  private static final String NOTHING = "empty request over TLS";
  private static final String POST_SQL = "SQL of POST /v1/messages, by pgbench";
  private static final String SEND_SQL = "SQL of a send, by pgbench";
  private static final String POST = "POST /v1/messages";
  private static final String SEND = "send";

  private static final List<String> POST_SCRIPTS = List.of("who.sql", "post.sql");
  private static final List<String> SEND_SCRIPTS =
      List.of("who.sql", "post.sql", "countersign.sql");

  /** The request, the envelope, the first event; the answer's receipt, by the client. */
  private static final int VERIFICATIONS_OF_A_POST = 4;

  /** Besides, the message's receipt; a request, the countersignature, the answer's receipt. */
  private static final int VERIFICATIONS_OF_A_SEND = VERIFICATIONS_OF_A_POST + 4;

  /** The submission and the countersignature; the look-up is remembered for a minute. */
  private static final int REQUESTS_OF_A_SEND = 2;

  private final Correspondents people;
  private final SendLoad load;
  private final Posts posts;
  private final EmptyRequests nothing;
  private final Pgbench pgbench;
  private final Verifications verifications = new Verifications();
  private final Duration each;

  SendRates(
      ServiceUnderLoad service,
      Correspondents people,
      SendLoad load,
      Submissions submissions,
      Duration each)
      throws IOException {
    this.people = people;
    this.load = load;
    this.posts = new Posts(submissions, people.senders(), people.recipients());
    this.nothing = new EmptyRequests(people.connections());
    this.pgbench =
        new Pgbench(service.database(), service.folder(), people.senders().size(), SendRates.class);
    this.each = each;
  }

  /** What was measured. */
  record Measured(List<CallRate> calls, List<PartRate> parts) {}

  /** Measures all rows in turn, round after round, after one round that warms everything up. */
  Measured measure(int rounds) throws IOException {
    RoundSamples samples = new RoundSamples();
    try (PuzzleMaking puzzles = new PuzzleMaking(Submissions.BITS, SendLoad.LOCKED)) {
      for (int round = 0; round <= rounds; round++) {
        Map<String, Double> sample = round(puzzles);
        System.err.printf("round %d of %d: %s%n", round, rounds, sample);
        if (round > 0) {
          samples.add(sample);
        }
      }
    }
    return measured(samples);
  }

  private Map<String, Double> round(PuzzleMaking puzzles) throws IOException {
    int senders = people.senders().size();
    ClosedLoop callers = new ClosedLoop(senders);
    ClosedLoop cores = new ClosedLoop(Runtime.getRuntime().availableProcessors());
    Map<String, Integer> numbers =
        Map.of("senders", senders, "recipients", people.recipients().size());
    Map<String, Double> sample = new LinkedHashMap<>();
    sample.put(VERIFY, verifications.perSecond(cores, each));
    sample.put(PUZZLE, puzzles.perSecond(cores, each));
    sample.put(CHECK, puzzles.checksPerSecond(cores, each));
    sample.put(NOTHING, callers.perSecond(each, nothing::send));
    sample.put(SEND_SQL, pgbench.perSecond(SEND_SCRIPTS, numbers, each));
    double sends = load.perSecond(each);
    sample.put(SEND, sends);
    sample.put(POST_SQL, pgbench.perSecond(POST_SCRIPTS, numbers, each));
    posts.sealFor(sends, each);
    sample.put(POST, callers.perSecond(each, posts::post));
    return sample;
  }

  private static Measured measured(RoundSamples samples) {
    return new Measured(
        List.of(
            samples.call(
                SEND,
                Map.of(
                    PUZZLE,
                    1,
                    VERIFY,
                    VERIFICATIONS_OF_A_SEND,
                    SEND_SQL,
                    1,
                    NOTHING,
                    REQUESTS_OF_A_SEND)),
            samples.call(
                POST, Map.of(PUZZLE, 1, VERIFY, VERIFICATIONS_OF_A_POST, POST_SQL, 1, NOTHING, 1))),
        List.of(
            samples.part(PUZZLE),
            samples.part(VERIFY),
            samples.part(SEND_SQL),
            samples.part(POST_SQL),
            samples.part(NOTHING),
            samples.part(CHECK)));
  }
}
