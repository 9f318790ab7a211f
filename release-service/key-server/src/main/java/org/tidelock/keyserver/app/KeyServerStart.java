package org.tidelock.keyserver.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.tidelock.keyserver.records.WrappedRecords;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.RotateKek;
import org.tidelock.service.node.Node;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/**
 * What a command needs to start a key server, or to work on its database: its settings and their
 * help. {@link KeyServer#start} starts it.
 */
public final class KeyServerStart {

  private KeyServerStart() {}

  /** Every setting of the key server. */
  public static List<Setting> known() {
    return KeyServerSettings.ALL;
  }

  /** Reads the settings from a file, the environment and flags. */
  public static Settings settings(Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    return Settings.load(KeyServerSettings.ALL, environment, flags);
  }

  /** Every setting, its default and its meaning, a line each. */
  public static String help() {
    return Settings.help(KeyServerSettings.ALL);
  }

  /**
   * Replaces the key encryption key, or finishes a replacement that was interrupted. Nodes may run
   * meanwhile on the same database and the same file; one with a PostgreSQL of its own has to be
   * stopped.
   *
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the database or the file cannot be had
   */
  public static RotateKek.Outcome rotateKek(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    try (Node node = open(settings, clock)) {
      KekFile file = kekFile(settings, node);
      return node.call(
          () ->
              new RotateKek(node.database(), clock, file, WrappedRecords.sealedRows(file))
                  .rotate());
    } catch (CompletionException e) {
      throw new IOException("the KEK was not replaced: " + e.getMessage(), e);
    }
  }

  static Node open(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    return new Node(
        settings, KeyServerSettings.NODE, "key-server", clock, "db/foundation", "db/key-server");
  }

  static KekFile kekFile(Settings settings, Node node) throws IOException {
    return KekFile.in(
        settings
            .optional(KeyServerSettings.KEK_FILE)
            .map(Path::of)
            .orElseGet(() -> node.data().resolve("key-server-keks")));
  }
}
