package org.tidelock.cli.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidelock.service.settings.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The settings of a service as options of a verb, so that help and manual name every one. */
final class SettingOptions {

  private SettingOptions() {}

  /** Gives a verb an option for each setting. */
  static void add(CommandSpec verb, List<Setting> settings) {
    for (Setting setting : settings) {
      verb.addOption(
          OptionSpec.builder("--" + setting.name())
              .paramLabel("VALUE")
              .type(String.class)
              .description(description(setting))
              .build());
    }
  }

  /** The settings given on the command line, as flags. */
  static List<String> given(CommandSpec verb, List<Setting> settings) {
    List<String> flags = new ArrayList<>();
    for (Setting setting : settings) {
      String value = verb.findOption("--" + setting.name()).getValue();
      if (value != null) {
        flags.add("--" + setting.name() + "=" + value);
      }
    }
    return flags;
  }

  private static String description(Setting setting) {
    String meaning =
        setting.meaning().substring(0, 1).toUpperCase(Locale.ROOT) + setting.meaning().substring(1);
    return setting.fallback().isEmpty()
        ? meaning + "."
        : "%s. Default: %s.".formatted(meaning, setting.fallback());
  }
}
