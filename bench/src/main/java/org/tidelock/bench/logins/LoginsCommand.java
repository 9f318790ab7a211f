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
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Samples;
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

  /** Two signed requests and the auth key's signature; the receipts are signed, not checked. */
  private static final int VERIFICATIONS_OF_A_LOGIN = 3;

  private static final int REQUESTS_OF_A_LOGIN = 2;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--rounds", description = "Samples of each row (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      description = "Length of a sample, whole seconds (default: ${DEFAULT-VALUE}).")
  private int seconds = 4;

  @Option(names = "--callers", description = "Callers at once (default: ${DEFAULT-VALUE}).")
  private int callers = 16;

  @Option(names = "--connections", description = "For all of them (default: ${DEFAULT-VALUE}).")
  private int connections = 4;

  @Option(names = "--users", description = "Accounts (default: ${DEFAULT-VALUE}).")
  private int users = 32;

  @Override
  public Integer call() throws IOException {
    common.requireAtLeastOne("--rounds", rounds);
    common.requireAtLeastOne("--seconds", seconds);
    common.requireAtLeastOne("--callers", callers);
    common.requireAtLeastOne("--connections", connections);
    common.requireAtLeastOne("--users", users);
    Environment environment = common.environment("logins");
    Map<String, List<Double>> samples = new LinkedHashMap<>();
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
      ServiceUnderLoad service, List<ServerConnection> opened, Map<String, List<Double>> samples)
      throws IOException {
    List<User> people = new ArrayList<>();
    for (int i = 1; i <= users; i++) {
      people.add(User.register(service, opened.getFirst(), "load" + i));
    }
    nameDevices(service);
    Calls calls = new Calls(opened, people);
    Pgbench pgbench = new Pgbench(service.database(), service.folder(), callers);
    ClosedLoop loop = new ClosedLoop(callers);
    ClosedLoop cores = new ClosedLoop(Runtime.getRuntime().availableProcessors());
    Verifications verifications = new Verifications();
    Duration each = Duration.ofSeconds(seconds);
    for (int round = 0; round <= rounds; round++) {
      Map<String, Double> sample = new LinkedHashMap<>();
      sample.put(VERIFY, verifications.perSecond(cores, each));
      sample.put(NOTHING, loop.perSecond(each, calls::nothing));
      sample.put(PRELOGIN_SQL, pgbench.perSecond("prelogin.sql", users, each));
      sample.put(PRELOGIN, loop.perSecond(each, calls::prelogin));
      sample.put(LOGIN_SQL, pgbench.perSecond("login.sql", users, each));
      sample.put(LOGIN, loop.perSecond(each, calls::login));
      System.err.printf("round %d of %d: %s%n", round, rounds, sample);
      if (round > 0) { // The first warms everything up.
        sample.forEach(
            (name, value) -> samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
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
          SELECT substr(name, 5)::int AS number, device_id, account_id, leaf_index
          FROM accounts JOIN devices USING (account_id) JOIN key_log USING (account_id);
          ALTER TABLE load_devices ADD PRIMARY KEY (number);
          """);
    } catch (SQLException e) {
      throw new IOException("the accounts could not be listed", e);
    }
  }

  private LoginRates rates(Environment environment, Map<String, List<Double>> samples) {
    return new LoginRates(
        environment,
        callers,
        connections,
        rounds,
        seconds,
        List.of(
            row(samples, PRELOGIN, 0, PRELOGIN_SQL, 1),
            row(samples, LOGIN, VERIFICATIONS_OF_A_LOGIN, LOGIN_SQL, REQUESTS_OF_A_LOGIN)),
        List.of(
            part(samples, VERIFY),
            part(samples, NOTHING),
            part(samples, PRELOGIN_SQL),
            part(samples, LOGIN_SQL)));
  }

  private static LoginRates.Row row(
      Map<String, List<Double>> samples, String call, int verifications, String sql, int requests) {
    Samples measured = of(samples, call);
    double seconds =
        verifications / of(samples, VERIFY).median()
            + 1 / of(samples, sql).median()
            + requests / of(samples, NOTHING).median();
    return new LoginRates.Row(call, measured, 1 / seconds, measured.median() * seconds);
  }

  private static LoginRates.Part part(Map<String, List<Double>> samples, String name) {
    return new LoginRates.Part(name, of(samples, name));
  }

  private static Samples of(Map<String, List<Double>> samples, String name) {
    return Samples.of(
        samples.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray());
  }
}
