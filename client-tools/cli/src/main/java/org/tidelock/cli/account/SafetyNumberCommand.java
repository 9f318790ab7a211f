package org.tidelock.cli.account;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.account.People;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock safety-number}: what two people compare to know that nobody is between them. */
@Command(
    name = "safety-number",
    sortOptions = false,
    description = {
      "Show the digits that two people compare.",
      "",
      "60 digits, by voice or in person. If they are the same on both sides, the server told each of",
      "you the other's true keys.",
      ""
    })
public final class SafetyNumberCommand implements Verb {

  private static final int GROUPS_A_LINE = 4;

  @Parameters(paramLabel = "USER", description = "The other's name.")
  private String user = "";

  private final Invocation invocation;

  public SafetyNumberCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    AccountName other = Typed.accountName(user);
    return Client.use(invocation, client -> show(client, other));
  }

  private ExitCode show(Client client, AccountName other) throws IOException {
    if (client.identity().name().equals(other)) {
      throw CommandFailure.usage(other + " is you; name somebody else");
    }
    List<String> groups =
        Client.granted(new People(client.connection(), client.home()).safetyNumber(other)).groups();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", other.value());
    document.put("safetyNumber", String.join(" ", groups));
    invocation.reporter().result(document, lines(groups));
    return ExitCode.DONE;
  }

  private static String lines(List<String> groups) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups.size(); i++) {
      if (i > 0) {
        text.append(i % GROUPS_A_LINE == 0 ? '\n' : ' ');
      }
      text.append(groups.get(i));
    }
    return text.toString();
  }
}
