package org.tidelock.cli.account;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.account.DeleteAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidelock delete-account}: ends an account for good. */
@Command(
    name = "delete-account",
    sortOptions = false,
    description = {
      "Delete the account.",
      "",
      "Its keys go from the key server and from this home too. Nothing brings them back.",
      ""
    })
public final class DeleteAccountCommand implements Verb {

  @Parameters(
      paramLabel = "NAME",
      description = "The account's name, so that it is the one that is meant.")
  private String name = "";

  @Mixin private final PasswordInput password = new PasswordInput();

  private final Invocation invocation;

  public DeleteAccountCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::delete);
  }

  private ExitCode delete(Client client) throws IOException {
    AccountName own = client.identity().name();
    if (!own.value().equals(name)) {
      throw CommandFailure.usage(
          "this home belongs to %s, not to %s; nothing was deleted".formatted(own, name));
    }
    char[] known = password.known(invocation, "password");
    try {
      Client.granted(
          new DeleteAccount(client.connection(), client.keyServer(), client.home()).delete(known));
    } finally {
      Arrays.fill(known, '\0');
    }
    invocation.reporter().result(Map.of("deleted", own.value()), "deleted " + own);
    return ExitCode.DONE;
  }
}
