package org.tidelock.bench.logins;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.parts.EmptyRequests;
import org.tidelock.bench.parts.Pgbench;
import org.tidelock.bench.parts.RoundSamples;
import org.tidelock.bench.parts.Verifications;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.bench.service.ServiceUnderLoad;
import org.tidelock.bench.service.User;
import org.tidelock.sdk.connection.ServerConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures logins and prelogins a second, and what their parts would allow. */
@Command(
    name = "logins",
    description = "Logins and prelogins a second, beside their signatures, SQL and requests alone.")
public final class LoginsCommand implements Callable<Integer> {

  private static final String VERIFY = "Ed25519 verification";
  private static final String NOTHING = "empty request over TLS";
  private static final String PRELOGIN_SQL = "SQL of a prelogin, by pgbench";
  private static final String LOGIN_SQL = "SQL of a login, by pgbench";
  private static final String PRELOGIN = "prelogin";
  private static final String LOGIN = "login";

  /** Two signed requests and the auth key's signature; the client checks two receipts. */
  private static final int VERIFICATIONS_OF_A_LOGIN = 5;

  private static final int REQUESTS_OF_A_LOGIN = 2;

  /** About as many as the server has connections; PostgreSQL does less with many more. */
  private static final int PGBENCH_CLIENTS = 16;

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
          "Whole seconds of each call before anything is measured (default: ${DEFAULT-VALUE}).")
  private int warmUp = 60;

  @Option(names = "--callers", description = "Callers at once (default: ${DEFAULT-VALUE}).")
  private int callers = 32;

  @Option(names = "--connections", description = "For all of them (default: ${DEFAULT-VALUE}).")
  private int connections = 4;

  @Option(names = "--users", description = "Accounts (default: ${DEFAULT-VALUE}).")
  private int users = 64;

  @Override
  public Integer call() throws IOException {
    common.requireAtLeastOne("--rounds", rounds);
    common.requireAtLeastOne("--seconds", seconds);
    common.requireAtLeastOne("--warm-up", warmUp);
    common.requireAtLeastOne("--callers", callers);
    common.requireAtLeastOne("--connections", connections);
    common.requireAtLeastOne("--users", users);
    Environment environment = common.environment("logins");
    RoundSamples samples = new RoundSamples();
    try (ServiceUnderLoad service =
        ServiceUnderLoad.start(Path.of(System.getProperty("tidelock.bench.work", "work")))) {
      List<ServerConnection> opened = new ArrayList<>();
      try {
        for (int i = 0; i < connections; i++) {
          opened.add(service.connect());
        }
        measure(service, opened, samples);
      } finally {
        opened.forEach(ServerConnection::close);
      }
    }
    LoginRates rates = rates(environment, samples);
    String page = rates.toMarkdown();
    System.out.print(page);
    common.results().write("logins.md", page);
    common.results().writeJson("logins.json", rates);
    return 0;
  }

  private void measure(
      ServiceUnderLoad service, List<ServerConnection> opened, RoundSamples samples)
      throws IOException {
    List<User> people = new ArrayList<>();
    for (int i = 1; i <= users; i++) {
      people.add(User.register(service, opened.getFirst(), "load" + i));
    }
    nameDevices(service);
    Calls calls = new Calls(opened, people);
    EmptyRequests nothing = new EmptyRequests(opened);
    Map<String, Integer> named = Map.of("users", users);
    Pgbench pgbench =
        new Pgbench(service.database(), service.folder(), PGBENCH_CLIENTS, LoginsCommand.class);
    ClosedLoop loop = new ClosedLoop(callers);
    ClosedLoop cores = new ClosedLoop(Runtime.getRuntime().availableProcessors());
    Verifications verifications = new Verifications();
    Duration each = Duration.ofSeconds(seconds);
    loop.perSecond(Duration.ofSeconds(warmUp), calls::prelogin);
    loop.perSecond(Duration.ofSeconds(warmUp), calls::login);
    for (int round = 0; round <= rounds; round++) {
      Map<String, Double> sample = new LinkedHashMap<>();
      sample.put(VERIFY, verifications.perSecond(cores, each));
      sample.put(NOTHING, loop.perSecond(each, nothing::send));
      sample.put(PRELOGIN_SQL, pgbench.perSecond(List.of("prelogin.sql"), named, each));
      sample.put(PRELOGIN, loop.perSecond(each, calls::prelogin));
      sample.put(LOGIN_SQL, pgbench.perSecond(List.of("login.sql"), named, each));
      sample.put(LOGIN, loop.perSecond(each, calls::login));
      System.err.printf("round %d of %d: %s%n", round, rounds, sample);
      if (round > 0) { // The first warms everything up.
        samples.add(sample);
      }
    }
  }

  /** A table from which the scripts pick an account as the server finds it by name. */
  private static void nameDevices(ServiceUnderLoad service) throws IOException {
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE load_devices AS
          SELECT substr(name, 5)::int AS number, device_id, device_key, account_id, auth_key,
            leaf_index
          FROM accounts JOIN devices USING (account_id) JOIN key_log USING (account_id);
          ALTER TABLE load_devices ADD PRIMARY KEY (number);
          """);
    } catch (SQLException e) {
      throw new IOException("the accounts could not be listed", e);
    }
  }

  private LoginRates rates(Environment environment, RoundSamples samples) {
    return new LoginRates(
        environment,
        callers,
        connections,
        warmUp,
        rounds,
        seconds,
        List.of(
            samples.call(PRELOGIN, Map.of(PRELOGIN_SQL, 1, NOTHING, 1)),
            samples.call(
                LOGIN,
                Map.of(
                    VERIFY, VERIFICATIONS_OF_A_LOGIN, LOGIN_SQL, 1, NOTHING, REQUESTS_OF_A_LOGIN))),
        List.of(
            samples.part(VERIFY),
            samples.part(NOTHING),
            samples.part(PRELOGIN_SQL),
            samples.part(LOGIN_SQL)));
  }
}
