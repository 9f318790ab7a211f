package org.tidelock.bench.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.service.ServiceUnderLoad;
import org.tidelock.bench.service.TemporaryFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures sends, releases, inboxes and idle sockets, with few messages waiting and with many. */
@Command(
    name = "messages",
    description =
        "Sends a second beside their puzzles, SQL, signatures and requests alone; how late releases"
            + " come; how long inboxes take; what idle sockets cost; all of it again with many"
            + " messages waiting.")
public final class MessagesCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--rounds", description = "Samples of each row (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      description = "Length of a sample, whole seconds (default: ${DEFAULT-VALUE}).")
  private int seconds = 4;

  @Option(
      names = "--warm-up",
      description =
          "Whole seconds of sending before anything is measured (default: ${DEFAULT-VALUE}).")
  private int warmUp = 60;

  @Option(
      names = "--senders",
      description = "Who send at once, and to how many (default: ${DEFAULT-VALUE}).")
  private int senders = 16;

  @Option(
      names = "--connections",
      description = "For all senders and recipients (default: ${DEFAULT-VALUE}).")
  private int connections = 4;

  @Option(
      names = "--releases",
      description = "Messages that fall due within one second (default: ${DEFAULT-VALUE}).")
  private int releases = 1000;

  @Option(
      names = "--waiting",
      description = "Recipients who wait for them, at least 2 (default: ${DEFAULT-VALUE}).")
  private int waiting = 32;

  @Option(
      names = "--pending",
      description =
          "Messages to put into the database, after which all but the parts is measured again"
              + " (default: ${DEFAULT-VALUE}).")
  private int pending;

  @Option(names = "--sockets", description = "Idle sockets to open (default: ${DEFAULT-VALUE}).")
  private int sockets = 5000;

  @Option(
      names = "--homes",
      paramLabel = "DIR",
      description =
          "Folder for the clients' homes, whose files they sync: other machines' disks if this were"
              + " no benchmark (default: beside the server's).")
  private Optional<Path> homes = Optional.empty();

  @Override
  public Integer call() throws IOException {
    requireUsage();
    Environment environment = common.environment("messages");
    MessageResults results;
    try (ServiceUnderLoad service =
        ServiceUnderLoad.start(Path.of(System.getProperty("tidelock.bench.work", "work")))) {
      results = measure(environment, service);
    }
    String page = results.toMarkdown();
    System.out.print(page);
    common.results().write("messages.md", page);
    common.results().writeJson("messages.json", results);
    common.results().write("messages.svg", new MessagesPlot(results).toSvg());
    return 0;
  }

  private void requireUsage() {
    common.requireAtLeastOne("--rounds", rounds);
    common.requireAtLeastOne("--seconds", seconds);
    common.requireAtLeastOne("--warm-up", warmUp);
    common.requireAtLeastOne("--senders", senders);
    common.requireAtLeastOne("--connections", connections);
    common.requireAtLeastOne("--sockets", sockets);
    common.require(waiting >= 2, "--waiting is %d; at least 2 required".formatted(waiting));
    common.require(
        releases >= waiting,
        "--releases is %d; at least as many as --waiting, %d, required"
            .formatted(releases, waiting));
    common.require(pending >= 0, "--pending is %d; at least 0 required".formatted(pending));
    common.require(
        IdleSockets.filesAllowed() >= IdleSockets.filesNeeded(sockets),
        "%d sockets need %d open files in each process, and %d are allowed here; ulimit -n %2$d"
            .formatted(sockets, IdleSockets.filesNeeded(sockets), IdleSockets.filesAllowed()));
  }

  private MessageResults measure(Environment environment, ServiceUnderLoad service)
      throws IOException {
    Duration each = Duration.ofSeconds(seconds);
    try (TemporaryFolder clients = TemporaryFolder.in(homes.orElse(service.folder()), "homes-");
        Correspondents people =
            Correspondents.register(
                service,
                clients.path(),
                new Correspondents.Numbers(connections, senders, senders, waiting))) {
      System.err.printf(
          "%d people have registered%n", 2 * people.senders().size() + people.waiting().size());
      sendSample(people);
      LoadTables.make(service.database());
      SendLoad load = new SendLoad(people.senders(), people.recipients());
      load.perSecond(Duration.ofSeconds(warmUp));
      Submissions submissions =
          new Submissions(people.connections().getFirst().pin().info().server());
      SendRates.Measured rates =
          new SendRates(service, people, load, submissions, each).measure(rounds);
      List<WithPending> states = new ArrayList<>();
      MeasureWithPending state =
          new MeasureWithPending(service, people, load, submissions, releases, rounds, each);
      states.add(state.measure());
      if (pending > 0) {
        new SeedPending(service, submissions, people.senders(), people.recipients()).seed(pending);
        load.perSecond(Duration.ofSeconds(warmUp));
        states.add(state.measure());
      }
      IdleSockets.Measured idle =
          new IdleSockets(service).measure(sockets, people.senders().getFirst().name());
      return new MessageResults(
          environment,
          new MessageResults.Setup(
              senders,
              waiting,
              connections,
              warmUp,
              rounds,
              seconds,
              releases,
              pending,
              homes.isPresent()),
          rates.calls(),
          rates.parts(),
          states,
          idle);
    }
  }

  /** The message that pgbench's scripts insert again and again. */
  private static void sendSample(Correspondents people) throws IOException {
    people
        .senders()
        .getFirst()
        .send(people.recipients().getFirst(), Instant.now().plus(SendLoad.LOCKED));
  }
}
