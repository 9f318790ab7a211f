package org.tidelock.bench.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.bench.parts.CallRate;
import org.tidelock.bench.parts.PartRate;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Latency;
import org.tidelock.bench.report.Samples;
import org.tidelock.bench.service.ServerMemory;

class MessageResultsTest {

  private static final long MIB = 1 << 20;

  private final MessageResults results =
      new MessageResults(
          Environment.of("bench/messages", InstantSource.system()),
          new MessageResults.Setup(16, 32, 4, 60, 5, 4, 1000, 1_000_000, false),
          List.of(new CallRate("send", Samples.of(200), 400, 0.5)),
          List.of(new PartRate("puzzle", Samples.of(1500))),
          List.of(withPending(1234, 321), withPending(1_001_234, 345)),
          IdleSockets.Measured.of(
              100, new ServerMemory(50 * MIB, 400 * MIB), new ServerMemory(55 * MIB, 410 * MIB)));

  @Test
  void showsFewAndManyWaitingMessagesSideBySide() {
    String page = results.toMarkdown();

    assertThat(page)
        .containsPattern("\\| messages waiting +\\| +1,234 \\| +1,001,234 \\|")
        .containsPattern("\\| whole sends a second, median +\\| +321 \\| +345 \\|")
        .containsPattern(
            "\\| messages accepted a second, median +\\| +642 \\| +690 \\| at least 400 \\|")
        .contains("1,000,000 messages were put into the database");
  }

  @Test
  void sharesTheGrowthAmongTheSockets() {
    assertThat(results.sockets().heapBytesEach()).isEqualTo(5.0 * MIB / 100);
    assertThat(results.toMarkdown()).contains("51.2", "102.4");
  }

  @Test
  void drawsEveryFigureOnce() {
    assertThat(new MessagesPlot(results).toSvg())
        .contains("release under load, 1,001,234 waiting")
        .contains("at most 64")
        .doesNotContain("NaN");
  }

  private static WithPending withPending(long pending, double sends) {
    Latency latency = Latency.of(List.of(Duration.ofMillis(300), Duration.ofMillis(600)));
    return new WithPending(
        pending,
        90 * MIB,
        new ServerMemory(60 * MIB, 300 * MIB),
        Samples.of(2 * sends),
        Samples.of(sends),
        new ReleaseLag.Lag(latency, latency, latency),
        new SendLoad.Loaded<>(new ReleaseLag.Lag(latency, latency, latency), sends),
        new SendLoad.Loaded<>(new InboxFetch.Fetched(latency, latency), sends));
  }
}
