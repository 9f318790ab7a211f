package org.tidelock.cli.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The settings of a service as options of a verb, so that help and manual name every one. Where
 * data are kept in the command's home by default, the option names the usual home.
 */
final class SettingsInput {

  private static final String DATA = "data";
  private static final String USUAL_HOME = "~/.tidelock";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file of settings, one name=value a line.")
  private @Nullable Path config;

  private final String folder;
  private final List<Setting> known;

  /**
   * Settings of a service.
   *
   * @param folder the folder in the home that holds its data by default
   */
  SettingsInput(String folder, List<Setting> known) {
    this.folder = folder;
    this.known = known;
  }

  /** Gives a verb an option for each setting. */
  void addOptions(CommandSpec verb) {
    addOptions(verb, known.stream().map(Setting::name).toList());
  }

  /** Gives a verb an option for each setting named here; the file may hold the others too. */
  void addOptions(CommandSpec verb, List<String> names) {
    for (Setting setting : withData(USUAL_HOME + "/" + folder)) {
      if (names.contains(setting.name())) {
        verb.addOption(
            OptionSpec.builder("--" + setting.name())
                .paramLabel("VALUE")
                .type(String.class)
                .description(description(setting))
                .build());
      }
    }
  }

  /** What holds: the file's settings, above them the environment's, above them the options. */
  Settings read(Invocation invocation, CommandSpec verb) {
    List<String> flags = new ArrayList<>();
    for (Setting setting : known) {
      OptionSpec option = verb.findOption("--" + setting.name());
      if (option != null && option.getValue() != null) {
        flags.add("--" + setting.name() + "=" + option.getValue());
      }
    }
    if (config != null) {
      flags.add("--config=" + invocation.console().resolve(config));
    }
    try {
      return Settings.load(
          withData(invocation.home().resolve(folder).toString()),
          invocation.console().environment(),
          flags);
    } catch (InvalidSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** Prints every setting and where it comes from. */
  static ExitCode print(Invocation invocation, Settings settings) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (Settings.Value value : settings.all()) {
      Map<String, Object> setting = new LinkedHashMap<>();
      setting.put("value", value.shown());
      setting.put("source", value.source());
      document.put(value.setting().name(), setting);
    }
    invocation.reporter().result(document, settings.printed().stripTrailing());
    return ExitCode.DONE;
  }

  private List<Setting> withData(String data) {
    return known.stream()
        .map(setting -> setting.name().equals(DATA) ? setting.withFallback(data) : setting)
        .toList();
  }

  private static String description(Setting setting) {
    String meaning =
        setting.meaning().substring(0, 1).toUpperCase(Locale.ROOT) + setting.meaning().substring(1);
    return setting.fallback().isEmpty()
        ? meaning + "."
        : "%s. Default: %s.".formatted(meaning, setting.fallback());
  }
}
