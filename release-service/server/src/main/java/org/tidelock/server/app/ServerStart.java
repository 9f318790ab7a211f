package org.tidelock.server.app;

import java.util.List;
import java.util.Map;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** What a command needs to start a server: its settings, their help, its way of logging. */
public final class ServerStart {

  private ServerStart() {}

  /** Every setting of the server. */
  public static List<Setting> known() {
    return ServerSettings.ALL;
  }

  /** Reads the settings from a file, the environment and flags. */
  public static Settings settings(Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    return Settings.load(ServerSettings.ALL, environment, flags);
  }

  /** Every setting, its default and its meaning, a line each. */
  public static String help() {
    return Settings.help(ServerSettings.ALL);
  }

  /** Logs one JSON document a line to standard error. Called before anything logs. */
  public static void logAsJson() {
    System.setProperty("logback.configurationFile", "org/tidelock/service/logging.xml");
  }
}
