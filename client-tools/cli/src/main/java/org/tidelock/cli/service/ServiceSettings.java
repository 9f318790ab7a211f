package org.tidelock.cli.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.Invocation;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** The settings of one run of the service, from file, environment and options. */
record ServiceSettings(Settings server) {

  private static final String DATA = "data";
  private static final String FOLDER = "service";

  /** Every setting there is. The data lie in the command's home unless told otherwise. */
  static final List<Setting> KNOWN = knownWithData("~/.tidelock/" + FOLDER);

  static ServiceSettings read(Invocation invocation, List<String> flags) {
    try {
      return new ServiceSettings(
          Settings.load(
              knownWithData(invocation.home().resolve(FOLDER).toString()),
              invocation.console().environment(),
              flags));
    } catch (InvalidSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** The name that clients use. */
  String publicName() {
    return server.all().stream()
        .filter(value -> value.setting().name().equals("public-names"))
        .map(value -> value.text().replaceFirst(",.*", ""))
        .findFirst()
        .orElseThrow();
  }

  /** As one document. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    for (Settings.Value value : server.all()) {
      Map<String, Object> setting = new LinkedHashMap<>();
      setting.put("value", value.shown());
      setting.put("source", value.source());
      document.put(value.setting().name(), setting);
    }
    return document;
  }

  /** A line each. */
  String text() {
    return server.printed().stripTrailing();
  }

  private static List<Setting> knownWithData(String data) {
    return ServerStart.known().stream()
        .map(setting -> setting.name().equals(DATA) ? setting.withFallback(data) : setting)
        .toList();
  }
}
