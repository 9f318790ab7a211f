package org.tidelock.cli.account;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.account.LogIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock login}: begins a session of this device. */
@Command(
    name = "login",
    sortOptions = false,
    description = {
      "Log this device in.",
      "",
      "The password stays here: a key made from it signs what the server asks.",
      "With NAME, in a home that belongs to nobody yet, this becomes one more device of that account:",
      "its keys come wrapped from the key server and are unwrapped here by the password.",
      ""
    })
public final class LoginCommand implements Verb {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The account that this new device is to belong to.")
  private @Nullable String name;

  @Option(
      names = "--device-name",
      paramLabel = "NAME",
      description = "What you call this new device. Default: its host name.")
  private @Nullable String deviceName;

  @Mixin private final PasswordInput password = new PasswordInput();

  private final Invocation invocation;

  public LoginCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::logIn);
  }

  private ExitCode logIn(Client client) throws IOException {
    boolean newDevice = client.home().identity().isEmpty();
    AccountName account =
        name == null ? client.identity().name() : client.mayBeOf(Typed.accountName(name));
    DeviceName device = Typed.deviceName(deviceName);
    char[] known = password.known(invocation, "password");
    Instant until;
    try {
      LogIn logIn = new LogIn(client.connection(), client.keyServer(), client.home());
      until =
          Client.granted(
              newDevice ? logIn.logInOnNewDevice(account, device, known) : logIn.logIn(known));
    } finally {
      Arrays.fill(known, '\0');
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", account.value());
    document.put("newDevice", newDevice);
    document.put("device", client.identity().device().toString());
    document.put("sessionExpiresAt", until.toString());
    invocation.reporter().result(document, "logged in as " + account);
    return ExitCode.DONE;
  }
}
