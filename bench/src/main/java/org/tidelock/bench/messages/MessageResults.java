package org.tidelock.bench.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tidelock.bench.parts.CallRate;
import org.tidelock.bench.parts.PartRate;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Figures;
import org.tidelock.bench.report.Latency;
import org.tidelock.bench.report.MarkdownTable;

/**
 * What a service does with messages; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param setup with whom and how long
 * @param calls sends, whole and in part
 * @param parts what they consist of
 * @param states with few messages waiting and, if that was asked for, with many
 * @param sockets what idle sockets cost
 */
record MessageResults(
    Environment environment,
    Setup setup,
    List<CallRate> calls,
    List<PartRate> parts,
    List<WithPending> states,
    IdleSockets.Measured sockets) {

  /** What the lag of releases must stay below at the 99th percentile. */
  static final double LAG_TARGET_MILLIS = 1000;

  /** What a fetch must stay below at the 99th percentile. */
  static final double FETCH_TARGET_MILLIS = 100;

  /** How many messages have to be accepted a second. */
  static final double SENDS_TARGET = 400;

  /** How much memory an idle socket may take. */
  static final double SOCKET_TARGET_KIB = 64;

  /**
   * With whom and how long.
   *
   * @param senders who send at once, and to how many
   * @param waiting who wait for releases
   * @param warmUpSeconds how long messages were sent before anything was measured
   * @param rounds samples of each row
   * @param secondsEach length of a sample
   * @param releases messages that fall due within one second
   * @param seeded messages that were put into the database
   * @param homesElsewhere whether the clients' homes lay in another folder than the server's data
   */
  record Setup(
      int senders,
      int waiting,
      int connections,
      int warmUpSeconds,
      int rounds,
      int secondsEach,
      int releases,
      int seeded,
      boolean homesElsewhere) {}

  String toMarkdown() {
    return """
    # Messages

    %1$s- %2$d senders to as many recipients, over %3$d connections; %4$d rounds of %5$d s a row, all rows in turn
    - server, database, client library and load share the CPUs; PostgreSQL syncs each commit
    - messages were sent for %15$d s before anything was measured
    - the clients' homes, whose files they sync with every send, lay %6$s

    ## Sends

    A send is what the client library does for one: sealing, `POST /v1/messages`, the check of the receipt and the
    puzzle, `POST /v1/messages/ID/countersignature`; what it keeps in its home meanwhile; and once a minute for each
    recipient `GET /v1/people/NAME` and the check of what that proves. The server makes a puzzle of 2048 bits and answers when all is
    committed. In the row of the POST alone, messages are sealed beforehand; so are those that are counted as
    accepted further below.

    %7$s
    The bound is 1 / (puzzles + signatures to check + statements + empty requests), each of these as long as it
    takes alone on all CPUs, below. A send has 1 puzzle, 8 signatures to check, on either side, and 2 requests; the
    POST alone 1, 4 and 1. What else the clients compute is not in the bound, though it shares the CPUs; a part of it
    is the last row.

    %8$s
    ## With messages waiting

    %9$d messages fall due one after another within one second, for %10$d recipients; half of them wait by the socket
    of events, half by long poll. The lag is from the time that the sender signed to the moment when the
    recipient's client has the item. Inboxes are fetched by 4 clients, one fetch after another. Load is all
    senders, one send after another each; it goes on until what is measured beside it ends.

    %11$s%12$s
    ## Idle sockets

    %13$,d sockets of `/v1/events`, opened by the client library, each of an account of its own; those accounts and
    their logins were put into the database. Looked at after each was pinged and had answered.

    %14$s"""
        .formatted(
            environment.toMarkdown(),
            setup.senders(),
            setup.connections(),
            setup.rounds(),
            setup.secondsEach(),
            setup.homesElsewhere() ? "in a folder given by --homes" : "on the server's disk",
            CallRate.table(calls),
            PartRate.table(parts),
            setup.releases(),
            setup.waiting(),
            statesTable(),
            seeding(),
            sockets.sockets(),
            socketsTable(),
            setup.warmUpSeconds());
  }

  private String seeding() {
    return setup.seeded() == 0
        ? ""
        : """

        %,d messages were put into the database in bulk, each sealed, signed, locked and sealed at rest by the same
        code and with the same secrets as if it had been sent, so that the server can release it at its time: one more
        was made due at once, and was released. But all hold one of a few contents and one puzzle, which is of none of
        them, and nothing of them is in a queue. Then the tables were vacuumed and a checkpoint was made, and messages
        were sent as long as in the beginning: after a checkpoint, PostgreSQL logs each page whole that it writes to for
        the first time.
        """
            .formatted(setup.seeded());
  }

  private MarkdownTable statesTable() {
    List<String> heads = new ArrayList<>(List.of("messages waiting"));
    states.forEach(state -> heads.add(Figures.whole(state.pending())));
    heads.add("target");
    MarkdownTable table = new MarkdownTable(heads.toArray(String[]::new));
    row(table, "heap after GC, MiB", state -> Figures.mib(state.memory().heapBytes()), "");
    row(table, "resident, MiB", state -> Figures.mib(state.memory().residentBytes()), "");
    row(table, "database, MiB", state -> Figures.mib(state.databaseBytes()), "");
    row(
        table,
        "messages accepted a second, median",
        state -> Figures.whole(state.postsPerSecond().median()),
        "at least " + Figures.whole(SENDS_TARGET));
    row(table, "spread", state -> Figures.percent(state.postsPerSecond().spread()), "");
    row(
        table,
        "whole sends a second, median",
        state -> Figures.whole(state.sendsPerSecond().median()),
        "");
    row(table, "spread", state -> Figures.percent(state.sendsPerSecond().spread()), "");
    lags(table, "release lag", state -> state.quiet());
    lags(table, "release lag under load", state -> state.underLoad().measured());
    row(
        table,
        "sends a second meanwhile",
        state -> Figures.whole(state.underLoad().sendsPerSecond()),
        "");
    fetches(table, "queue of 100 items, under load", state -> state.fetched().measured().queue());
    fetches(
        table, "list of 100 messages, under load", state -> state.fetched().measured().messages());
    row(
        table,
        "sends a second meanwhile",
        state -> Figures.whole(state.fetched().sendsPerSecond()),
        "");
    return table;
  }

  private void lags(MarkdownTable table, String name, Function<WithPending, ReleaseLag.Lag> lag) {
    row(table, name + ", median ms", s -> Figures.millis(lag.apply(s).all().medianMillis()), "");
    row(
        table,
        name + ", p99 ms",
        s -> Figures.millis(lag.apply(s).all().p99Millis()),
        "below " + Figures.whole(LAG_TARGET_MILLIS));
    row(table, name + ", max ms", s -> Figures.millis(lag.apply(s).all().maxMillis()), "");
    row(table, "p99 by socket, ms", s -> Figures.millis(lag.apply(s).bySocket().p99Millis()), "");
    row(
        table,
        "p99 by long poll, ms",
        s -> Figures.millis(lag.apply(s).byLongPoll().p99Millis()),
        "");
  }

  private void fetches(MarkdownTable table, String name, Function<WithPending, Latency> latency) {
    row(table, name + ", median ms", s -> Figures.millis(latency.apply(s).medianMillis()), "");
    row(
        table,
        name + ", p99 ms",
        s -> Figures.millis(latency.apply(s).p99Millis()),
        "at most " + Figures.whole(FETCH_TARGET_MILLIS));
  }

  private void row(
      MarkdownTable table, String name, Function<WithPending, String> figure, String target) {
    List<String> cells = new ArrayList<>(List.of(name));
    states.forEach(state -> cells.add(figure.apply(state)));
    cells.add(target);
    table.row(cells.toArray(String[]::new));
  }

  private MarkdownTable socketsTable() {
    MarkdownTable table =
        new MarkdownTable("server", "without, MiB", "with, MiB", "KiB a socket", "target");
    table.row(
        "heap after GC",
        Figures.mib(sockets.before().heapBytes()),
        Figures.mib(sockets.after().heapBytes()),
        Figures.kib(sockets.heapBytesEach()),
        "");
    table.row(
        "resident",
        Figures.mib(sockets.before().residentBytes()),
        Figures.mib(sockets.after().residentBytes()),
        Figures.kib(sockets.residentBytesEach()),
        "at most " + Figures.whole(SOCKET_TARGET_KIB));
    return table;
  }
}
