package org.tidelock.cli.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.sdk.message.Inbox;

/** Finds the message that a person means by its id or by the first letters of it. */
final class MessageLookup {

  private static final int WHOLE = 22;
  private static final int NAMED_AT_MOST = 5;
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9_-]{1,22}");

  private final Inbox inbox;

  MessageLookup(Client client) {
    this.inbox = new Inbox(client.connection(), client.home());
  }

  /**
   * Refuses what cannot be an id before anything is sent.
   *
   * @throws CommandFailure if it can be none
   */
  static void requireForm(String typed) {
    if (!LETTERS.matcher(typed).matches()) {
      throw CommandFailure.usage(
          "'%s' is no message id; an id has 22 of A-Z, a-z, 0-9, - and _, and its first few are"
                  .formatted(typed)
              + " enough");
    }
  }

  /** A message to this account. */
  MessageId received(String typed) throws IOException {
    return find(typed, "received", "tidelock inbox --all lists them", List.of(inbox::received));
  }

  /** A message from this account. */
  MessageId sent(String typed) throws IOException {
    return find(typed, "sent", "tidelock sent --all lists them", List.of(inbox::sent));
  }

  /** A message to or from this account. */
  MessageId any(String typed) throws IOException {
    return find(
        typed,
        "sent or received",
        "tidelock inbox --all and tidelock sent --all list them",
        List.of(inbox::received, inbox::sent));
  }

  private static MessageId find(
      String typed, String direction, String remedy, List<MessageList.Pages> listings)
      throws IOException {
    requireForm(typed);
    if (typed.length() == WHOLE) {
      return whole(typed);
    }
    List<MessageId> found = new ArrayList<>();
    for (MessageList.Pages listing : listings) {
      MessageList.fetch(listing, true).messages().stream()
          .map(summary -> summary.envelope().message())
          .filter(id -> id.toString().startsWith(typed) && !found.contains(id))
          .forEach(found::add);
    }
    return switch (found.size()) {
      case 0 ->
          throw new CommandFailure(
              ExitCode.ERROR,
              "no message that you %s begins with %s; %s".formatted(direction, typed, remedy));
      case 1 -> found.getFirst();
      default -> throw ambiguous(typed, found);
    };
  }

  private static MessageId whole(String typed) {
    try {
      return new MessageId(Base64Url.decode(typed));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("'%s' is no message id: %s".formatted(typed, e.getMessage()));
    }
  }

  private static CommandFailure ambiguous(String typed, List<MessageId> found) {
    String some =
        found.stream()
            .limit(NAMED_AT_MOST)
            .map(MessageId::toString)
            .collect(Collectors.joining(", "));
    return CommandFailure.usage(
        "%s is the beginning of %d messages (%s%s); give more of it"
            .formatted(typed, found.size(), some, found.size() > NAMED_AT_MOST ? ", ..." : ""));
  }
}
