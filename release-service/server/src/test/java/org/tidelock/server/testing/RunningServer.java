package org.tidelock.server.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.protocol.account.Contact;
import org.tidelock.server.app.Server;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.db.TestDatabase;
import org.tidelock.service.kek.RotateKek;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** A server as an operator starts it, on a database and a mail server of its own. */
public final class RunningServer implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("code is ([0-9]{8})");

  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final MovedClock clock = new MovedClock();
  private final TestDatabase.OwnerAndService database = TestDatabase.freshKeptApart();
  private final Path data;
  private final List<String> flags;
  private final Server server;

  private RunningServer(String rateLimitFactor, List<String> more)
      throws IOException, InvalidSettingException {
    mail.start();
    data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "server-");
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--data=" + data,
                "--database-url=" + database.service(),
                "--database-owner-url=" + database.owner(),
                "--port=0",
                "--operations-port=0",
                "--introspection-port=0",
                "--codes=smtp",
                "--smtp-port=" + mail.getSmtp().getPort(),
                "--smtp-host=127.0.0.1",
                "--smtp-tls=disabled",
                "--rate-limit-factor=" + rateLimitFactor));
    flags.addAll(more);
    this.flags = List.copyOf(flags);
    server = Server.start(ServerStart.settings(Map.of(), flags), clock, clock);
  }

  /** Another node with the same settings, on the same database. */
  public Server anotherNode() throws IOException, InvalidSettingException {
    return Server.start(ServerStart.settings(Map.of(), flags), clock, clock);
  }

  /** What an operator does while nodes run, or after it was interrupted. */
  public RotateKek.Outcome rotateKek() throws IOException, InvalidSettingException {
    return ServerStart.rotateKek(ServerStart.settings(Map.of(), flags), clock);
  }

  public Wire wireTo(Server node) {
    return new Wire(
        "https://localhost:" + node.port(),
        data.resolve("server-certificate.pem"),
        clock,
        Contract.SERVER);
  }

  /** A server whose rate limits are out of the way. */
  public static RunningServer start() throws IOException, InvalidSettingException {
    return new RunningServer("1000000", List.of());
  }

  /** A server with more settings. */
  public static RunningServer with(String... more) throws IOException, InvalidSettingException {
    return new RunningServer("1000000", List.of(more));
  }

  /** A server with the rate limits of an ordinary one. */
  public static RunningServer withRateLimits() throws IOException, InvalidSettingException {
    return withRateLimitsAnd();
  }

  /** A server with the rate limits of an ordinary one, and more settings. */
  public static RunningServer withRateLimitsAnd(String... more)
      throws IOException, InvalidSettingException {
    return new RunningServer("1", List.of(more));
  }

  public MovedClock clock() {
    return clock;
  }

  public Server server() {
    return server;
  }

  public String databaseUrl() {
    return database.owner();
  }

  /** The database as the service's own role. */
  public String serviceDatabaseUrl() {
    return database.service();
  }

  public Path data() {
    return data;
  }

  public Wire wire() {
    return wireTo(server);
  }

  /** Whether releases are stopped, and if so why. */
  public String releases() {
    return operation("GET", "/releases");
  }

  /** What an operator does once the clocks are right. */
  public String confirmClocks() {
    return operation("POST", "/releases/confirmation");
  }

  private String operation(String method, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d%s".formatted(server.operationsPort(), path)))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The code in the newest mail to a contact. */
  public String codeFor(Contact contact) {
    Matcher code = CODE.matcher(lastMailTo(contact, 1));
    if (!code.find()) {
      throw new AssertionError("no code in the mail to " + contact.value());
    }
    return code.group(1);
  }

  /** The newest mail to a contact, once there are {@code count}. */
  public String lastMailTo(Contact contact, int count) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < deadline) {
      List<String> texts = new ArrayList<>();
      for (var message : mail.getReceivedMessages()) {
        if (GreenMailUtil.getHeaders(message).contains(contact.value())) {
          texts.add(GreenMailUtil.getBody(message));
        }
      }
      if (texts.size() >= count) {
        return texts.getLast();
      }
      mail.waitForIncomingEmail(50, Integer.MAX_VALUE);
    }
    throw new AssertionError("no mail came to " + contact.value());
  }

  @Override
  public void close() {
    server.close();
    mail.stop();
  }
}
