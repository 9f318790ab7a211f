package org.tidelock.cli.account;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.sdk.presence.MyVisibility;
import org.tidelock.sdk.presence.PeopleOnline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelock online}: who is online, and who may see that one is. */
@Command(
    name = "online",
    sortOptions = false,
    description = {
      "List who is online.",
      "",
      "Of those who let you see it, after changing who may see you. You are online yourself while",
      "--watch runs.",
      ""
    })
public final class OnlineCommand implements Verb {

  @Option(
      names = "--watch",
      order = 1,
      description = "Stay online and tell who comes and goes, until Ctrl-C; one line each.")
  private boolean watch;

  @Option(
      names = "--visible-to",
      paramLabel = "WHO",
      order = 2,
      description = "Who may see that you are online: everyone, contacts (at first) or nobody.")
  private @Nullable String visibleTo;

  @Option(
      names = "--add",
      paramLabel = "USER",
      order = 3,
      description = "Take somebody into your contacts, who may see you online. They are not told.")
  private List<String> add = List.of();

  @Option(
      names = "--remove",
      paramLabel = "USER",
      order = 4,
      description = "Take somebody off your contacts.")
  private List<String> remove = List.of();

  private final Invocation invocation;

  public OnlineCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    List<AccountName> added = add.stream().map(Typed::accountName).toList();
    List<AccountName> removed = remove.stream().map(Typed::accountName).toList();
    Presence.@Nullable Visibility wanted = visibleTo == null ? null : visibility(visibleTo);
    return Client.use(
        invocation,
        client -> {
          client.identity();
          MyVisibility mine = new MyVisibility(client.connection(), client.home());
          if (wanted != null) {
            Client.granted(mine.set(wanted));
          }
          for (AccountName name : added) {
            Client.granted(mine.add(name));
          }
          for (AccountName name : removed) {
            Client.granted(mine.remove(name));
          }
          return watch ? new WatchOnline(invocation, client).run() : list(client, mine);
        });
  }

  private ExitCode list(Client client, MyVisibility mine) throws IOException {
    List<Presence.Person> people =
        Client.granted(new PeopleOnline(client.connection(), client.home()).list());
    Presence.Visibility visibility = Client.granted(mine.now());
    List<AccountName> contacts = Client.granted(mine.contacts()).names();
    List<Map<String, Object>> online = new ArrayList<>();
    for (Presence.Person person : people) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", person.name().value());
      one.put("account", person.account().toString());
      one.put("since", person.since().toString());
      online.add(one);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("online", online);
    document.put("visibleTo", visibility.text());
    document.put("contacts", contacts.stream().map(AccountName::value).toList());
    invocation.reporter().result(document, text(people));
    invocation
        .reporter()
        .note(
            "you are visible to %s; contacts: %s"
                .formatted(
                    visibility.text(),
                    contacts.isEmpty()
                        ? "none"
                        : contacts.stream()
                            .map(AccountName::value)
                            .collect(Collectors.joining(", "))));
    return ExitCode.DONE;
  }

  private static String text(List<Presence.Person> people) {
    return people.isEmpty()
        ? "nobody whom you may see is online"
        : people.stream()
            .map(person -> "%s  since %s".formatted(person.name(), person.since()))
            .collect(Collectors.joining("\n"));
  }

  private static Presence.Visibility visibility(String typed) {
    for (Presence.Visibility visibility : Presence.Visibility.values()) {
      if (visibility.text().equals(typed.toLowerCase(Locale.ROOT))) {
        return visibility;
      }
    }
    throw CommandFailure.usage(
        "--visible-to is %s; everyone, contacts or nobody allowed".formatted(typed));
  }
}
