package org.tidelock.cli.account;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.terminal.Json;
import org.tidelock.cli.terminal.SignalInterrupt;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.sdk.presence.StayOnline;

/** Stays online until a signal comes, and prints who comes and goes, one line each. */
final class WatchOnline implements StayOnline.Watcher {

  private final Invocation invocation;
  private final Client client;

  WatchOnline(Invocation invocation, Client client) {
    this.invocation = invocation;
    this.client = client;
  }

  /** Returns after the signal; the user is offline then. */
  ExitCode run() throws IOException {
    try (SignalInterrupt _ = new SignalInterrupt(invocation.interruption())) {
      Client.granted(new StayOnline(client.connection(), client.home()).stay(this));
    } catch (InterruptedException e) {
      // The signal: what was asked for has been done.
      invocation.reporter().note("offline");
    }
    return ExitCode.DONE;
  }

  @Override
  public void online() {
    invocation.reporter().note("online; Ctrl-C ends it");
  }

  @Override
  public void happened(Presence.Event event) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("change", event.change().text());
    document.put("name", event.name().value());
    document.put("account", event.account().toString());
    document.put("at", event.at().toString());
    String text = "%s  %s is %s".formatted(event.at(), event.name(), event.change().text());
    invocation.console().out().println(invocation.options().json() ? Json.line(document) : text);
    invocation.console().out().flush();
  }

  @Override
  public void offline() {
    invocation.reporter().note("the connection ended; opening it again");
  }
}
