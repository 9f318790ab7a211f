package org.tidelock.bench.enumeration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.enumeration.Probes.Probe;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Samples;
import org.tidelock.bench.service.ServiceUnderLoad;
import org.tidelock.bench.service.User;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.connection.ServerConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks about names that exist and names that do not, and compares the answers and their times. */
@Command(
    name = "enumeration",
    description = "Whether known names can be told from unknown ones, by answer or by time.")
public final class EnumerationCommand implements Callable<Integer> {

  private static final int KNOWN = 8;
  private static final int WARM_UP = 200;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--calls",
      description = "Calls of each kind and sort (default: ${DEFAULT-VALUE}).")
  private int calls = 500;

  /** Makes a call about the name numbered {@code i}, which exists or not. */
  private interface Kind {
    Probe about(boolean known, int i) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    common.require(calls >= 20, "--calls is %d; at least 20 required".formatted(calls));
    Environment environment = common.environment("enumeration");
    List<Comparison.Row> rows = new ArrayList<>();
    try (ServiceUnderLoad service =
            ServiceUnderLoad.start(Path.of(System.getProperty("tidelock.bench.work", "work")));
        ServerConnection connection = service.connect()) {
      for (int i = 0; i < KNOWN; i++) {
        User.register(service, connection, "known" + i);
      }
      Probes probes = new Probes(connection);
      rows.add(row("prelogin", (known, i) -> probes.prelogin(name(known, i))));
      rows.add(row("login, begun", (known, i) -> probes.loginStart(name(known, i))));
      rows.add(row("login, answered wrongly", (known, i) -> probes.loginFinish(name(known, i))));
      rows.add(
          row(
              "registration of a name",
              (known, i) -> probes.registration(name(known, i), contact(false, i))));
      rows.add(
          row(
              "registration of a contact",
              (known, i) -> probes.registration(name(false, i), contact(known, i))));
    }
    Comparison comparison = new Comparison(environment, calls, rows);
    String page = comparison.toMarkdown();
    System.out.print(page);
    common.results().write("enumeration.md", page);
    common.results().writeJson("enumeration.json", comparison);
    return comparison.indistinguishable() ? 0 : 1;
  }

  private Comparison.Row row(String name, Kind kind) throws IOException {
    System.err.println(name);
    double[] known = new double[calls];
    double[] unknown = new double[calls];
    TreeSet<String> knownAnswers = new TreeSet<>();
    TreeSet<String> unknownAnswers = new TreeSet<>();
    for (int i = -WARM_UP; i < calls; i++) {
      // Which comes first alternates: whatever follows upon the other follows on both alike.
      for (int turn = 0; turn < 2; turn++) {
        boolean about = (i + turn) % 2 == 0;
        Probe probe = kind.about(about, Math.abs(i));
        long begun = System.nanoTime();
        Object answer = probe.send();
        double micros = (System.nanoTime() - begun) / 1000.0;
        if (i >= 0) {
          (about ? known : unknown)[i] = micros;
          (about ? knownAnswers : unknownAnswers).add(shape(answer));
        }
      }
    }
    RankTest test = RankTest.of(known, unknown);
    return new Comparison.Row(
        name,
        Samples.of(known),
        Samples.of(unknown),
        test.superiority(),
        test.p(),
        knownAnswers.equals(unknownAnswers));
  }

  /** The document with each letter and digit made one: what is left is fields and lengths. */
  private static String shape(Object answer) {
    String json = new String(WireJson.write(answer), StandardCharsets.UTF_8);
    return json.replaceAll("(?<=:\")[A-Za-z0-9_-]+(?=\")", "x").replaceAll("[0-9]{6,}", "0");
  }

  /** All names are equally long: length is no secret. */
  private static AccountName name(boolean known, int i) {
    return new AccountName((known ? "known" : "other") + i % KNOWN);
  }

  private static Contact contact(boolean known, int i) {
    return Contact.mail((known ? "known" : "other") + i % KNOWN + "@load.example.org");
  }
}
