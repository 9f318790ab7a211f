package org.tidelock.cli.service;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.kek.RotateKek;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import picocli.CommandLine.Command;

/** {@code tidelock admin rotate-kek}: seals both databases under fresh keys. */
@Command(
    name = "rotate-kek",
    sortOptions = false,
    description = {
      "Replace the keys that seal both databases.",
      "",
      "The wrapped keys of the key server, and what opens messages at the server: every row is sealed",
      "again under a fresh key, and the old ones are forgotten. Interrupted, it goes on at the next",
      "call. Keep copies of the new key files; backups of the databases from before need the old ones.",
      ""
    })
final class RotateKekCommand extends AdminVerb {

  RotateKekCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode administer(Invocation invocation, WholeService service)
      throws IOException, InvalidSettingException {
    RotateKek.Outcome records =
        KeyServerStart.rotateKek(service.keyServerAtRest(), invocation.console().clock());
    RotateKek.Outcome messages =
        ServerStart.rotateKek(service.serverAtRest(), invocation.console().clock());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("keyServer", document(records));
    document.put("server", document(messages));
    invocation
        .reporter()
        .result(document, text("key server", records) + "\n" + text("messages", messages));
    return records.damaged() + messages.damaged() == 0
        ? ExitCode.DONE
        : ExitCode.WRONG_KEY_OR_DAMAGED;
  }

  private static Map<String, Object> document(RotateKek.Outcome outcome) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kek", outcome.kek().toString());
    document.put("resealed", outcome.resealed());
    document.put("damaged", outcome.damaged());
    return document;
  }

  private static String text(String whose, RotateKek.Outcome outcome) {
    return "%s: KEK %s seals now; %d rows sealed again, %d do not open"
        .formatted(whose, outcome.kek(), outcome.resealed(), outcome.damaged());
  }
}
