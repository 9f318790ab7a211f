package org.tidelock.bench.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.tidelock.bench.parts.CallRate;
import org.tidelock.bench.report.Figures;
import org.tidelock.bench.report.Latency;
import org.tidelock.bench.report.Svg;

/**
 * The results as a picture: what is done a second, how long releases and fetches take, and what
 * sockets cost, each panel on a scale of its own, its target a line.
 */
final class MessagesPlot {

  private static final double WIDTH = 1000;
  private static final double MARGIN = 24;
  private static final double HEAD = 76;
  private static final double LABELS = 360;
  private static final double FIGURES = 110;
  private static final double ROW = 22;
  private static final double BAR = 14;
  private static final double PANEL_HEAD = 40;
  private static final double PANEL_FOOT = 20;

  private static final String INK = "#1b1f24";
  private static final String FAINT = "#6a737d";
  private static final String MEASURED = "#0f766e";
  private static final String BOUND = "#94a3b8";
  private static final String TARGET = "#c2410c";

  private record Bar(String name, double value, String color) {}

  private record Panel(
      String title,
      List<Bar> bars,
      double target,
      String targetText,
      DoubleFunction<String> figure) {

    double height() {
      return PANEL_HEAD + bars.size() * ROW + PANEL_FOOT;
    }

    double largest() {
      return Math.max(target, bars.stream().mapToDouble(Bar::value).max().orElse(target));
    }
  }

  private final MessageResults results;

  MessagesPlot(MessageResults results) {
    this.results = results;
  }

  String toSvg() {
    List<Panel> panels = List.of(sends(), lags(), fetches(), sockets());
    double height = HEAD + panels.stream().mapToDouble(Panel::height).sum() + MARGIN;
    Svg svg = new Svg(WIDTH, height);
    svg.text(MARGIN, 34, 20, Svg.Anchor.START, INK, "Messages");
    svg.text(
        MARGIN,
        56,
        13,
        Svg.Anchor.START,
        FAINT,
        "%s, %d of them; server, database and clients on one machine"
            .formatted(results.environment().cpu(), results.environment().cpus()));
    double top = HEAD;
    for (Panel panel : panels) {
      draw(svg, top, panel);
      top += panel.height();
    }
    return svg.toString();
  }

  private Panel sends() {
    List<Bar> bars = new ArrayList<>();
    for (CallRate call : results.calls()) {
      bars.add(new Bar(call.name(), call.perSecond().median(), MEASURED));
      bars.add(new Bar(call.name() + ": bound by its parts", call.boundPerSecond(), BOUND));
    }
    for (WithPending state : results.states()) {
      bars.add(new Bar("POST" + among(state), state.postsPerSecond().median(), MEASURED));
      bars.add(new Bar("send" + among(state), state.sendsPerSecond().median(), MEASURED));
    }
    return new Panel(
        "A second, median", bars, MessageResults.SENDS_TARGET, "at least", Figures::whole);
  }

  private Panel lags() {
    List<Bar> bars = new ArrayList<>();
    for (WithPending state : results.states()) {
      bars.add(bar("release" + among(state), state.quiet().all()));
      bars.add(bar("release under load" + among(state), state.underLoad().measured().all()));
    }
    return new Panel(
        "Milliseconds from the signed time to the recipient's client, 99th percentile, %,d in one second"
            .formatted(results.setup().releases()),
        bars,
        MessageResults.LAG_TARGET_MILLIS,
        "below",
        Figures::millis);
  }

  private Panel fetches() {
    List<Bar> bars = new ArrayList<>();
    for (WithPending state : results.states()) {
      bars.add(bar("queue of 100 items" + among(state), state.fetched().measured().queue()));
      bars.add(bar("list of 100 messages" + among(state), state.fetched().measured().messages()));
    }
    return new Panel(
        "Milliseconds to fetch an inbox under load, 99th percentile",
        bars,
        MessageResults.FETCH_TARGET_MILLIS,
        "at most",
        Figures::millis);
  }

  private Panel sockets() {
    double kib = 1024;
    return new Panel(
        "KiB of the server's memory for each of %,d idle sockets"
            .formatted(results.sockets().sockets()),
        List.of(
            new Bar("heap after GC", results.sockets().heapBytesEach() / kib, MEASURED),
            new Bar("resident", results.sockets().residentBytesEach() / kib, MEASURED)),
        MessageResults.SOCKET_TARGET_KIB,
        "at most",
        Figures::millis);
  }

  private static Bar bar(String name, Latency latency) {
    return new Bar(name, latency.p99Millis(), MEASURED);
  }

  private static String among(WithPending state) {
    return ", %,d waiting".formatted(state.pending());
  }

  private static void draw(Svg svg, double top, Panel panel) {
    svg.text(MARGIN, top + 22, 15, Svg.Anchor.START, INK, panel.title());
    double begin = MARGIN + LABELS;
    double scale = (WIDTH - MARGIN - FIGURES - begin) / panel.largest();
    double y = top + PANEL_HEAD;
    for (Bar bar : panel.bars()) {
      double baseline = y + BAR - 2.5;
      double end = begin + Math.max(0, bar.value()) * scale;
      svg.text(begin - 8, baseline, 12, Svg.Anchor.END, INK, bar.name());
      svg.rectangle(begin, y, end - begin, BAR, bar.color());
      svg.text(end + 5, baseline, 12, Svg.Anchor.START, INK, panel.figure().apply(bar.value()));
      y += ROW;
    }
    double x = begin + panel.target() * scale;
    svg.line(x, top + PANEL_HEAD - 6, x, y, TARGET, true);
    svg.text(
        x,
        y + 10,
        11,
        Svg.Anchor.MIDDLE,
        TARGET,
        panel.targetText() + " " + Figures.whole(panel.target()));
  }
}
