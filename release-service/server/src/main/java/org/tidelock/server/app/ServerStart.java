package org.tidelock.server.app;

import java.util.List;
import java.util.Map;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** What a command needs to start a server: its settings, their help, its way of logging. */
public final class ServerStart {

  private ServerStart() {}

  /** Reads the settings from a file, the environment and flags. */
  public static Settings settings(Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    return Settings.load(ServerSettings.ALL, environment, flags);
  }

  /** Every setting, its default and its meaning, a line each. */
  public static String help() {
    StringBuilder help = new StringBuilder();
    help.append("--config FILE  settings, one name=value a line\n");
    help.append("--print-config  show the settings and where each comes from\n");
    ServerSettings.ALL.forEach(
        setting ->
            help.append(
                "--%s %s  %s%n"
                    .formatted(
                        setting.name(),
                        setting.fallback().isEmpty() ? "VALUE" : setting.fallback(),
                        setting.meaning())));
    return help.toString();
  }

  /** Logs one JSON document a line to standard error. Called before anything logs. */
  public static void logAsJson() {
    System.setProperty("logback.configurationFile", "org/tidelock/server/logging.xml");
  }
}
