package org.tidelock.cli.service;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.terminal.Json;
import org.tidelock.server.app.Server;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** One run of the service: starts, says where it is, and stops in order when a signal comes. */
final class Serving {

  private final Invocation invocation;
  private final ServiceSettings settings;

  Serving(Invocation invocation, ServiceSettings settings) {
    this.invocation = invocation;
    this.settings = settings;
  }

  /** Returns after the signal, when what was begun is answered and the database has stopped. */
  ExitCode run() {
    ServerStart.logAsJson();
    invocation.interruption().commandDecidesEnd();
    try (Server server = Server.start(settings.server(), InstantSource.system())) {
      announce(Announcement.of(server, settings));
      invocation.interruption().awaitSignal();
      invocation.reporter().note("stopping");
      return ExitCode.DONE;
    } catch (InvalidSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  /** On one line as JSON, so that a script reads a line and goes on. */
  private void announce(Announcement announcement) {
    invocation
        .console()
        .out()
        .println(
            invocation.options().json() ? Json.line(announcement.document()) : announcement.text());
    invocation.console().out().flush();
  }

  /**
   * What the operator tells clients.
   *
   * @param certificate SHA-256 of the certificate, in hexadecimal
   */
  private record Announcement(
      String address, String serverId, String certificate, String operations, String data) {

    static Announcement of(Server server, ServiceSettings settings) throws IOException {
      return new Announcement(
          "https://%s:%d".formatted(settings.publicName(), server.port()),
          server.info().server().toString(),
          server.node().certificate().fingerprint().toHex(),
          "http://127.0.0.1:%d".formatted(server.operationsPort()),
          server.node().data().toString());
    }

    Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("ready", true);
      document.put("address", address);
      document.put("serverId", serverId);
      document.put("certificateSha256", certificate);
      document.put("operationsAddress", operations);
      document.put("data", data);
      return document;
    }

    String text() {
      return """
      serving at %s
        server id   %s
        certificate SHA-256 %s
        operations  %s/health/ready, %s/metrics
        data        %s
      Ctrl-C stops it; clients: tidelock register NAME --mail ADDRESS --server %s\
      """
          .formatted(address, serverId, certificate, operations, operations, data, address);
    }
  }
}
