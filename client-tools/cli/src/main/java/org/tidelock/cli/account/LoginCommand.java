package org.tidelock.cli.account;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.account.LogIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidelock login}: begins a session of this device. */
@Command(
    name = "login",
    sortOptions = false,
    description = {
      "Log this device in. The password stays here: a key made from it signs what the server asks.",
      ""
    })
public final class LoginCommand implements Verb {

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
    AccountName name = client.identity().name();
    char[] known = password.known(invocation, "password");
    Instant until;
    try {
      until = Client.granted(new LogIn(client.connection(), client.home()).logIn(known));
    } finally {
      Arrays.fill(known, '\0');
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name.value());
    document.put("device", client.identity().device().toString());
    document.put("sessionExpiresAt", until.toString());
    invocation.reporter().result(document, "logged in as " + name);
    return ExitCode.DONE;
  }
}
