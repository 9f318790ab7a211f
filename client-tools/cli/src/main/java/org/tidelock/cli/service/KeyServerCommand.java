package org.tidelock.cli.service;

import org.tidelock.cli.Invocation;
import org.tidelock.service.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tidelock key-server}: the key server alone, apart from the server that it asks. */
@Command(
    name = "key-server",
    sortOptions = false,
    description = {
      "Run the key server alone.",
      "",
      "Until Ctrl-C or SIGTERM, such as on another machine than the server's. Each of the two is given",
      "the other's certificate file.",
      ""
    },
    footer = {"", "Settings are read as tidelock serve reads them."})
public final class KeyServerCommand extends ServiceVerb {

  private KeyServerCommand(Invocation invocation) {
    super(invocation, "key-server", LoneKeyServer.SETTINGS);
  }

  /** The verb, with an option for each setting. */
  public static CommandLine line(Invocation invocation) {
    return new KeyServerCommand(invocation).line();
  }

  @Override
  Serving.Service service(Settings settings) {
    return new LoneKeyServer(settings);
  }
}
