package org.tidelock.cli.account;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.account.MyAccount;
import picocli.CommandLine.Command;

/** {@code tidelock whoami}: whom the server takes this device for. */
@Command(
    name = "whoami",
    sortOptions = false,
    description = {"Say whom the server takes this device for.", ""})
public final class WhoAmICommand implements Verb {

  private final Invocation invocation;

  public WhoAmICommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::tell);
  }

  private ExitCode tell(Client client) throws IOException {
    String deviceName = client.identity().deviceName().value();
    Session.WhoAmI me = Client.granted(new MyAccount(client.connection(), client.home()).whoAmI());
    String server = client.connection().pin().address();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", me.name().value());
    document.put("account", me.account().toString());
    document.put("device", me.device().toString());
    document.put("deviceName", deviceName);
    document.put("server", server);
    document.put("serverId", client.connection().server().toString());
    document.put("passwordVersion", me.passwordVersion());
    document.put("keyGeneration", me.generation());
    invocation
        .reporter()
        .result(
            document,
            """
            %s at %s
              account   %s
              device    %s, %s
              password  version %d
              keys      generation %d\
            """
                .formatted(
                    me.name(),
                    server,
                    me.account(),
                    me.device(),
                    deviceName,
                    me.passwordVersion(),
                    me.generation()));
    return ExitCode.DONE;
  }
}
