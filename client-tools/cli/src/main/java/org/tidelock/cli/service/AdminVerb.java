package org.tidelock.cli.service;

import java.io.IOException;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb of an operator: it knows which service is meant. */
abstract class AdminVerb implements Verb {

  @Mixin
  private final SettingsInput input = new SettingsInput(ServeCommand.FOLDER, WholeService.SETTINGS);

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Invocation invocation;

  AdminVerb(Invocation invocation) {
    this.invocation = invocation;
  }

  SettingsInput input() {
    return input;
  }

  /** Does it to this service. */
  abstract ExitCode administer(Invocation invocation, WholeService service)
      throws IOException, InvalidSettingException;

  @Override
  public ExitCode run() {
    ServerStart.logWarningsOnly();
    try {
      return administer(invocation, new WholeService(input.read(invocation, spec)));
    } catch (InvalidSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
    }
  }
}
