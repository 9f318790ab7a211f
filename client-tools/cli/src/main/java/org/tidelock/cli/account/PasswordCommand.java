package org.tidelock.cli.account;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.sdk.account.ChangePassword;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidelock password}: another password for the account. */
@Command(
    name = "password",
    sortOptions = false,
    description = {
      "Change the password.",
      "",
      "The account's keys stay, wrapped anew; all other sessions end.",
      "With --password-stdin the first line is the present password, the second the new one.",
      ""
    })
public final class PasswordCommand implements Verb {

  @Mixin private final PasswordInput password = new PasswordInput();

  private final Invocation invocation;

  public PasswordCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::change);
  }

  private ExitCode change(Client client) throws IOException {
    String name = client.identity().name().value();
    char[] present = password.known(invocation, "present password");
    char[] chosen = {};
    long version;
    try {
      chosen = password.chosen(invocation, "new password");
      version =
          Client.granted(
              new ChangePassword(client.connection(), client.keyServer(), client.home())
                  .change(present, chosen));
    } finally {
      Arrays.fill(present, '\0');
      Arrays.fill(chosen, '\0');
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name);
    document.put("passwordVersion", version);
    invocation
        .reporter()
        .result(document, "changed the password of %s; all other sessions ended".formatted(name));
    return ExitCode.DONE;
  }
}
