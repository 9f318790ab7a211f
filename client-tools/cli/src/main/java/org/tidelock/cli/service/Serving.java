package org.tidelock.cli.service;

import java.io.IOException;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.terminal.Json;
import org.tidelock.service.node.ServiceLog;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** One run of a service: starts, says where it is, and stops in order when a signal comes. */
final class Serving {

  private final Invocation invocation;

  Serving(Invocation invocation) {
    this.invocation = invocation;
  }

  /** What can be run. */
  interface Service {

    /**
     * Starts it.
     *
     * @throws InvalidSettingException if a setting cannot be
     * @throws IOException if a database or a port cannot be had
     */
    Running start() throws IOException, InvalidSettingException;
  }

  /** What runs, until it is closed: then what was begun is answered and the database stops. */
  interface Running extends AutoCloseable {

    /** What the operator has to know of it. */
    Announcement announcement() throws IOException;

    @Override
    void close();
  }

  /** Returns after the signal, when everything has stopped. */
  ExitCode run(Service service) {
    ServiceLog.asJson();
    invocation.interruption().commandDecidesEnd();
    try (Running running = service.start()) {
      announce(running.announcement());
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
}
