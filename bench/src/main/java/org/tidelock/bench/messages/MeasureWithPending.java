package org.tidelock.bench.messages;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.tidelock.bench.report.Samples;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.bench.service.ServerMemory;
import org.tidelock.bench.service.ServiceUnderLoad;

/** Measures, in one order, what more waiting messages ought not to change. */
final class MeasureWithPending {

  private static final int FETCHERS = 4;

  private final ServiceUnderLoad service;
  private final SendLoad load;
  private final Posts posts;
  private final int posters;
  private final ReleaseLag releases;
  private final InboxFetch inboxes;
  private final int rounds;
  private final Duration each;

  MeasureWithPending(
      ServiceUnderLoad service,
      Correspondents people,
      SendLoad load,
      Submissions submissions,
      int releases,
      int rounds,
      Duration each) {
    this.service = service;
    this.load = load;
    this.posts = new Posts(submissions, people.senders(), people.recipients());
    this.posters = people.senders().size();
    this.releases = new ReleaseLag(people.senders(), people.waiting(), releases);
    int fetchers =
        Math.min(FETCHERS, Math.min(people.recipients().size(), people.senders().size()));
    this.inboxes = new InboxFetch(people.recipients().subList(0, fetchers), people.senders());
    this.rounds = rounds;
    this.each = each;
  }

  WithPending measure() throws IOException {
    ServerMemory memory = service.memory();
    long pending = number("SELECT count(*) FROM messages WHERE state = 'waiting'");
    long databaseBytes = number("SELECT pg_database_size(current_database())");
    System.err.printf("with %,d messages waiting: %s%n", pending, memory);
    Samples sends = samples(() -> load.perSecond(each));
    System.err.printf("sends a second: %s%n", sends);
    Samples accepted = samples(() -> posted(sends.max()));
    System.err.printf("accepted a second: %s%n", accepted);
    ReleaseLag.Lag quiet = releases.await(releases.schedule(sends.min()));
    System.err.printf("releases: %s%n", quiet);
    ReleaseLag.Scheduled scheduled = releases.schedule(sends.min());
    SendLoad.Loaded<ReleaseLag.Lag> underLoad = load.during(() -> releases.await(scheduled));
    System.err.printf("releases under load: %s%n", underLoad);
    inboxes.fill();
    SendLoad.Loaded<InboxFetch.Fetched> fetched =
        load.during(() -> inboxes.measure(each.multipliedBy(rounds)));
    System.err.printf("inboxes under load: %s%n", fetched);
    return new WithPending(
        pending, databaseBytes, memory, accepted, sends, quiet, underLoad, fetched);
  }

  private interface Sample {
    double take() throws IOException;
  }

  private Samples samples(Sample sample) throws IOException {
    double[] perSecond = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      perSecond[round] = sample.take();
    }
    return Samples.of(perSecond);
  }

  private double posted(double sendsPerSecond) throws IOException {
    posts.sealFor(sendsPerSecond, each);
    return new ClosedLoop(posters).perSecond(each, posts::post);
  }

  private long number(String query) throws IOException {
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IOException("the database does not tell how much is in it", e);
    }
  }
}
