package org.tidelock.cli.service;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.server.accounts.AdministerAccounts.Overview;
import org.tidelock.server.app.ServerStart;
import org.tidelock.server.messages.AdministerQuotas;
import org.tidelock.server.messages.AdministerQuotas.Quota;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock admin quota}: what one account stores and may store. */
@Command(
    name = "quota",
    sortOptions = false,
    description = {
      "Show or set how much an account may store.",
      "",
      "Without options, what it stores and may store. What is set counts for this account instead of",
      "the settings quota-messages and quota-mib; nothing that is stored goes.",
      ""
    })
final class QuotaCommand extends AdminVerb {

  private static final long MIB = 1 << 20;
  private static final long MOST = 1_000_000_000;

  @Parameters(paramLabel = "NAME", description = "The account's name.")
  private String name = "";

  @Option(
      names = "--messages",
      paramLabel = "N",
      order = 1,
      description = "How many messages are kept for it at most.")
  private @Nullable Long messages;

  @Option(
      names = "--mib",
      paramLabel = "N",
      order = 2,
      description = "How long their contents are together, in MiB, at most.")
  private @Nullable Long mib;

  @Option(
      names = "--as-everybody",
      order = 3,
      description = "What everybody may store, from now on.")
  private boolean asEverybody;

  QuotaCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode administer(Invocation invocation, WholeService service)
      throws IOException, InvalidSettingException {
    AccountName account = accountName(name);
    Optional<Long> wantedMessages = count("--messages", messages);
    Optional<Long> wantedBytes = count("--mib", mib).map(count -> count * MIB);
    boolean sets = wantedMessages.isPresent() || wantedBytes.isPresent();
    if (sets && asEverybody) {
      throw CommandFailure.usage("--as-everybody sets both; leave --messages and --mib away");
    }
    Quota quota =
        ServerStart.administer(
                service.serverAtRest(),
                invocation.console().clock(),
                server ->
                    server
                        .accounts()
                        .show(account)
                        .map(Overview::account)
                        .map(
                            id ->
                                sets || asEverybody
                                    ? set(server.quotas(), id, wantedMessages, wantedBytes)
                                    : server.quotas().show(id)))
            .orElseThrow(() -> noAccount(account));
    invocation.reporter().result(document(account, quota), line(account, quota));
    return ExitCode.DONE;
  }

  /** Of what is not named, what is set stays. */
  private Quota set(
      AdministerQuotas quotas,
      AccountId account,
      Optional<Long> wantedMessages,
      Optional<Long> wantedBytes) {
    if (asEverybody) {
      return quotas.set(account, Optional.empty(), Optional.empty());
    }
    Quota now = quotas.show(account);
    return quotas.set(
        account,
        wantedMessages.or(() -> Optional.of(now.messagesAllowed())),
        wantedBytes.or(() -> Optional.of(now.bytesAllowed())));
  }

  private static Optional<Long> count(String option, @Nullable Long value) {
    if (value != null && (value < 0 || value > MOST)) {
      throw CommandFailure.usage("%s is %d; 0 to %d allowed".formatted(option, value, MOST));
    }
    return Optional.ofNullable(value);
  }

  private static Map<String, Object> document(AccountName account, Quota quota) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", account.value());
    document.put("messages", quota.messages());
    document.put("messagesAllowed", quota.messagesAllowed());
    document.put("bytes", quota.bytes());
    document.put("bytesAllowed", quota.bytesAllowed());
    document.put("own", quota.own());
    return document;
  }

  private static String line(AccountName account, Quota quota) {
    return "%s  messages %,d of %,d  bytes %,d of %,d%s"
        .formatted(
            account,
            quota.messages(),
            quota.messagesAllowed(),
            quota.bytes(),
            quota.bytesAllowed(),
            quota.own() ? "  (set for this account)" : "");
  }
}
