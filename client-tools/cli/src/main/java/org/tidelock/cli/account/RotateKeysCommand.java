package org.tidelock.cli.account;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.sdk.account.RenewKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidelock rotate-keys}: new keys for the account. */
@Command(
    name = "rotate-keys",
    sortOptions = false,
    description = {
      "Give the account new keys.",
      "",
      "Those before approve them. To be done after a device was lost, for one. The old ones are kept,",
      "wrapped: what was sealed to them still opens. Other devices log in again.",
      ""
    })
public final class RotateKeysCommand implements Verb {

  @Mixin private final PasswordInput password = new PasswordInput();

  private final Invocation invocation;

  public RotateKeysCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::rotate);
  }

  private ExitCode rotate(Client client) throws IOException {
    String name = client.identity().name().value();
    char[] known = password.known(invocation, "password");
    long generation;
    try {
      generation =
          Client.granted(
              new RenewKeys(client.connection(), client.keyServer(), client.home()).renew(known));
    } finally {
      Arrays.fill(known, '\0');
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name);
    document.put("keyGeneration", generation);
    invocation
        .reporter()
        .result(document, "renewed the keys of %s: generation %d".formatted(name, generation));
    return ExitCode.DONE;
  }
}
