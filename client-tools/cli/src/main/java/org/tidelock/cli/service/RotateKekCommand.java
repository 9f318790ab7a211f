package org.tidelock.cli.service;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.keyserver.records.RotateKek;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import picocli.CommandLine.Command;

/** {@code tidelock admin rotate-kek}: seals the key server's database under a fresh key. */
@Command(
    name = "rotate-kek",
    sortOptions = false,
    description = {
      "Replace the key that seals the key server's database.",
      "",
      "Every row is sealed again under a fresh one, and the old ones are forgotten. Interrupted, it",
      "goes on at the next call. Keep a copy of the new key file; backups of the database from before",
      "need the old one.",
      ""
    })
final class RotateKekCommand extends AdminVerb {

  RotateKekCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode administer(Invocation invocation, WholeService service)
      throws IOException, InvalidSettingException {
    RotateKek.Outcome outcome =
        KeyServerStart.rotateKek(service.keyServerAtRest(), invocation.console().clock());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kek", outcome.kek().toString());
    document.put("resealed", outcome.resealed());
    document.put("damaged", outcome.damaged());
    invocation
        .reporter()
        .result(
            document,
            "KEK %s seals now; %d rows sealed again, %d do not open"
                .formatted(outcome.kek(), outcome.resealed(), outcome.damaged()));
    return outcome.damaged() == 0 ? ExitCode.DONE : ExitCode.WRONG_KEY_OR_DAMAGED;
  }
}
