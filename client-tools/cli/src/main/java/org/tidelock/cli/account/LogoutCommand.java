package org.tidelock.cli.account;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.sdk.account.MyAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelock logout}: ends this device's session, or all of the account's. */
@Command(
    name = "logout",
    sortOptions = false,
    description = {"End this device's session; its keys stay.", ""})
public final class LogoutCommand implements Verb {

  @Option(names = "--everywhere", description = "End the sessions of all devices.")
  private boolean everywhere;

  private final Invocation invocation;

  public LogoutCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::logOut);
  }

  private ExitCode logOut(Client client) throws IOException {
    String name = client.identity().name().value();
    MyAccount account = new MyAccount(client.connection(), client.home());
    Client.granted(everywhere ? account.logOutEverywhere() : account.logOut());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name);
    document.put("everywhere", everywhere);
    invocation
        .reporter()
        .result(document, "logged %s out%s".formatted(name, everywhere ? " everywhere" : ""));
    return ExitCode.DONE;
  }
}
