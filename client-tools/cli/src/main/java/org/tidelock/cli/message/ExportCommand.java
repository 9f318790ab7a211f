package org.tidelock.cli.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.files.OutputFile;
import org.tidelock.cli.time.Counts;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.sdk.message.ExportMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock export}: a message as a file that opens without any server. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Write a message to a file with everything that opens it but time and the recipient's key.",
      "",
      "It holds the encrypted content, the puzzle, and what sender and server signed. Its recipient",
      "opens it with tidelock read --offline; anybody can solve its puzzle with tidelock solve.",
      ""
    })
public final class ExportCommand implements Verb {

  @Parameters(
      paramLabel = "ID",
      description =
          "The message, as tidelock inbox or tidelock sent lists it; its first letters are enough.")
  private String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Where to write. Default: standard output.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  private final Invocation invocation;

  public ExportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    MessageLookup.requireForm(id);
    requireSensible();
    OutputFile.requireUsable(invocation, output, force);
    return Client.use(invocation, this::export);
  }

  private void requireSensible() {
    if (invocation.options().json() && OutputFile.isStandardOutput(output)) {
      throw CommandFailure.usage(
          "--json needs -o OUT: standard output carries the file or the document, not both");
    }
    if (output == null && invocation.console().terminals().out()) {
      throw CommandFailure.usage(
          "refusing to print bytes on the terminal; name a file with -o, or use -o -");
    }
  }

  private ExitCode export(Client client) throws IOException {
    client.identity();
    MessageId message = new MessageLookup(client).any(id);
    long bytes;
    try (OutputFile out = OutputFile.open(invocation, output, force)) {
      bytes =
          Client.granted(
              new ExportMessage(client.connection(), client.home()).export(message, out.stream()));
      out.commit();
    }
    if (invocation.options().json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("message", message.toString());
      document.put("output", String.valueOf(output));
      document.put("encryptedBytes", bytes);
      invocation.reporter().result(document, "");
    } else {
      invocation
          .reporter()
          .note(
              "exported message %s: %s bytes of encrypted content"
                  .formatted(message, Counts.grouped(bytes)));
    }
    return ExitCode.DONE;
  }
}
