package org.tidelock.cli.service;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.server.accounts.AdministerAccounts;
import org.tidelock.server.accounts.AdministerAccounts.Overview;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What {@code tidelock admin} sees of accounts, and does to them. */
final class AdminAccounts {

  private AdminAccounts() {}

  /** {@code tidelock admin users}. */
  @Command(
      name = "users",
      sortOptions = false,
      description = {"List the accounts, with their devices and sessions.", ""})
  static final class ListAll extends AdminVerb {

    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode administer(Invocation invocation, WholeService service)
        throws IOException, InvalidSettingException {
      List<Overview> accounts =
          ServerStart.administer(
              service.serverAtRest(),
              invocation.console().clock(),
              server -> server.accounts().list());
      invocation
          .reporter()
          .result(
              Map.of("users", accounts.stream().map(AdminAccounts::document).toList()),
              accounts.isEmpty()
                  ? "no accounts"
                  : accounts.stream().map(AdminAccounts::line).collect(Collectors.joining("\n")));
      return ExitCode.DONE;
    }
  }

  /** A verb about one account. */
  abstract static class OfOne extends AdminVerb {

    @Parameters(paramLabel = "NAME", description = "The account's name.")
    private String name = "";

    private final BiFunction<AdministerAccounts, AccountName, Optional<Overview>> task;

    OfOne(
        Invocation invocation,
        BiFunction<AdministerAccounts, AccountName, Optional<Overview>> task) {
      super(invocation);
      this.task = task;
    }

    @Override
    ExitCode administer(Invocation invocation, WholeService service)
        throws IOException, InvalidSettingException {
      AccountName account = accountName(name);
      Overview overview =
          ServerStart.administer(
                  service.serverAtRest(),
                  invocation.console().clock(),
                  server -> task.apply(server.accounts(), account))
              .orElseThrow(() -> noAccount(account));
      invocation.reporter().result(document(overview), line(overview));
      return ExitCode.DONE;
    }
  }

  /** {@code tidelock admin user}. */
  @Command(
      name = "user",
      sortOptions = false,
      description = {"Show one account.", ""})
  static final class Show extends OfOne {
    Show(Invocation invocation) {
      super(invocation, AdministerAccounts::show);
    }
  }

  /** {@code tidelock admin disable}. */
  @Command(
      name = "disable",
      sortOptions = false,
      description = {"End an account's sessions and let it log in no more. It stays.", ""})
  static final class Disable extends OfOne {
    Disable(Invocation invocation) {
      super(invocation, AdministerAccounts::disable);
    }
  }

  /** {@code tidelock admin enable}. */
  @Command(
      name = "enable",
      sortOptions = false,
      description = {"Let a disabled account log in again.", ""})
  static final class Enable extends OfOne {
    Enable(Invocation invocation) {
      super(invocation, AdministerAccounts::enable);
    }
  }

  /** {@code tidelock admin end-sessions}. */
  @Command(
      name = "end-sessions",
      sortOptions = false,
      description = {"End an account's sessions on all devices; its owner may log in again.", ""})
  static final class EndSessions extends OfOne {
    EndSessions(Invocation invocation) {
      super(invocation, AdministerAccounts::endSessions);
    }
  }

  private static Map<String, Object> document(Overview account) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", account.name().value());
    document.put("account", account.account().toString());
    document.put("createdAt", account.createdAt().toString());
    document.put("disabled", account.disabledAt().isPresent());
    account.disabledAt().ifPresent(at -> document.put("disabledAt", at.toString()));
    document.put("devices", account.devices());
    document.put("sessions", account.sessions());
    document.put("passwordVersion", account.passwordVersion());
    document.put("keyGeneration", account.keyGeneration());
    return document;
  }

  private static String line(Overview account) {
    return "%-32s since %s  devices %d  sessions %d%s"
        .formatted(
            account.name(),
            seconds(account.createdAt()),
            account.devices(),
            account.sessions(),
            account.disabledAt().map(at -> "  disabled " + seconds(at)).orElse(""));
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
