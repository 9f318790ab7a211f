package org.tidelock.cli.account;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.account.RecoverAccount;
import org.tidelock.sdk.home.StoredIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock recover}: a new password by the recovery key. */
@Command(
    name = "recover",
    sortOptions = false,
    description = {
      "Give an account a new password by its recovery key.",
      "",
      "Opens an account whose password is forgotten, by the key that was shown at its registration.",
      "All other sessions end. With --password-stdin the first line is the recovery key, the second",
      "the new password.",
      ""
    })
public final class RecoverCommand implements Verb {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The account; not needed in its own home.")
  private @Nullable String name;

  @Option(
      names = "--device-name",
      paramLabel = "NAME",
      description =
          "What you call this device, if it is new to the account. Default: its host name.")
  private @Nullable String deviceName;

  @Mixin private final PasswordInput password = new PasswordInput();

  private final Invocation invocation;

  public RecoverCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::recover);
  }

  private ExitCode recover(Client client) throws IOException {
    AccountName account = account(client);
    DeviceName device = Typed.deviceName(deviceName);
    char[] recoveryKey = password.known(invocation, "recovery key");
    char[] chosen = {};
    long version;
    try {
      chosen = password.chosen(invocation, "new password");
      version =
          Client.granted(
              new RecoverAccount(client.connection(), client.keyServer(), client.home())
                  .recover(account, device, new String(recoveryKey).strip(), chosen));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.damaged(String.valueOf(e.getMessage()), e);
    } finally {
      Arrays.fill(recoveryKey, '\0');
      Arrays.fill(chosen, '\0');
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", account.value());
    document.put("passwordVersion", version);
    document.put("device", client.identity().device().toString());
    invocation
        .reporter()
        .result(
            document,
            "recovered %s; the new password is valid, and all other sessions ended"
                .formatted(account));
    return ExitCode.DONE;
  }

  private AccountName account(Client client) throws IOException {
    return name == null
        ? client
            .home()
            .identity()
            .map(StoredIdentity::name)
            .orElseThrow(() -> CommandFailure.usage("this home belongs to no account; give NAME"))
        : client.mayBeOf(Typed.accountName(name));
  }
}
