package org.tidelock.cli.message;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.message.Draft;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock send}: sends a message, locked until a time or to be read at once. */
@Command(
    name = "send",
    sortOptions = false,
    description = {
      "Send a message, locked until a time; or, with neither --at nor --for, to be read at once.",
      "",
      "It is encrypted here, for USER alone. Before its time nobody reads it, USER included. At its",
      "time the server hands USER the key; and whoever holds the message can do without the server,",
      "by solving its puzzle. Prints the message's id.",
      ""
    },
    footer = {
      "",
      "A message that did not reach the server waits in the outbox; tidelock send --pending tries",
      "again, and the server takes none twice.",
      "",
      "  tidelock send bob --at 2027-01-01T00:00Z letter.txt",
      "  echo 'happy birthday' | tidelock send bob --for 36h"
    })
public final class SendCommand implements Verb {

  @Parameters(index = "0", paramLabel = "USER", arity = "0..1", description = "Who is to read it.")
  private @Nullable String user;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      arity = "0..1",
      description = "What to send. Default: standard input.")
  private @Nullable Path file;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable UnlockTime when;

  @Mixin private final LockOptions lock = new LockOptions();

  @Option(
      names = "--type",
      paramLabel = "MEDIA/TYPE",
      description =
          "What the content is. Default: what the file's name says, else text/plain or"
              + " application/octet-stream.")
  private @Nullable String type;

  @Option(names = "--pending", description = "Send what waits in the outbox, and nothing else.")
  private boolean pending;

  private final Invocation invocation;

  public SendCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    if (pending) {
      requireAlone();
      return Client.use(invocation, client -> new Outbox(invocation, client).send());
    }
    if (user == null) {
      throw CommandFailure.usage("USER is missing: who is to read it? See tidelock send --help");
    }
    AccountName to = Typed.accountName(user);
    Optional<String> typed = Optional.ofNullable(type).map(MediaType::typed);
    requireSensible();
    return Client.use(invocation, client -> send(client, to, typed));
  }

  private void requireAlone() {
    if (user != null || when != null || type != null) {
      throw CommandFailure.usage(
          "--pending sends what waits in the outbox; give it alone, or leave it out");
    }
    lock.requireNone();
  }

  private void requireSensible() {
    if (when == null) {
      lock.requireNone();
    } else {
      lock.requireSensible();
      when.from(now());
    }
  }

  private ExitCode send(Client client, AccountName to, Optional<String> typed) throws IOException {
    client.identity();
    ThisMachine machine = new ThisMachine(invocation);
    try (Content content = Content.open(invocation, file, typed)) {
      return new Sending(invocation, client, machine)
          .send(draft(to, content.type(), machine), content);
    }
  }

  private Draft draft(AccountName to, String contentType, ThisMachine machine) {
    return when == null
        ? Draft.immediate(to).with(contentType)
        : lock.draft(to, contentType, when, invocation.console().clock(), machine);
  }

  private Instant now() {
    return invocation.console().clock().instant();
  }
}
