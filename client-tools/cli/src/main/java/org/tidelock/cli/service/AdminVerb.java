package org.tidelock.cli.service;

import java.io.IOException;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.service.node.ServiceLog;
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

  static AccountName accountName(String typed) {
    try {
      return new AccountName(typed);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(typed + ": " + e.getMessage());
    }
  }

  static CommandFailure noAccount(AccountName name) {
    return new CommandFailure(ExitCode.ERROR, "no account is named " + name);
  }

  @Override
  public ExitCode run() {
    ServiceLog.warningsOnly();
    try {
      return administer(invocation, new WholeService(input.read(invocation, spec)));
    } catch (InvalidSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
    }
  }
}
