package org.tidelock.service.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The settings of one run: a file's, above them the environment's, above them the flags'. What
 * nobody knows is refused by name, so that a misspelt setting does not silently do nothing.
 * Immutable.
 */
public final class Settings {

  private static final Setting CONFIG =
      Setting.open("config", "", "a file of settings, one name=value a line");

  /**
   * What holds for one setting.
   *
   * @param source where it was set: default, a file's name, environment or flag
   */
  public record Value(Setting setting, String text, String source) {

    /** The text as it may be shown. */
    public String shown() {
      return setting.secret() && !text.isEmpty() ? "(hidden)" : text;
    }

    @Override
    public String toString() {
      return "%s=%s  # %s".formatted(setting.name(), shown(), source);
    }
  }

  /** By name. */
  private final Map<String, Value> values;

  private Settings(Map<String, Value> values) {
    this.values = values;
  }

  /** A setting that is not known, or one whose value cannot be: the message is for the operator. */
  public static final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says what is wrong and what would be right. */
    public InvalidSettingException(String message) {
      super(message);
    }
  }

  /**
   * Reads all three sources.
   *
   * @param known every setting there is
   * @param flags as given on the command line: {@code --name value} or {@code --name=value}
   */
  public static Settings load(
      List<Setting> known, Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    Map<String, String> given = flags(flags);
    Map<String, Value> values = new LinkedHashMap<>();
    for (Setting setting : known) {
      values.put(setting.name(), new Value(setting, setting.fallback(), "default"));
    }
    String file =
        given.getOrDefault(CONFIG.flag(), environment.getOrDefault(CONFIG.variable(), ""));
    if (!file.isEmpty()) {
      readFile(Path.of(file), known, values);
    }
    for (Setting setting : known) {
      String text = environment.get(setting.variable());
      if (text != null) {
        values.put(setting.name(), new Value(setting, text, "environment"));
      }
    }
    given.remove(CONFIG.flag());
    for (Map.Entry<String, String> flag : given.entrySet()) {
      Setting setting = byName(known, flag.getKey().substring(2));
      values.put(setting.name(), new Value(setting, flag.getValue(), "flag"));
    }
    return new Settings(values);
  }

  /** Every setting, its default and its meaning, a line each. */
  public static String help(List<Setting> known) {
    StringBuilder help = new StringBuilder();
    help.append("--config FILE  settings, one name=value a line\n");
    help.append("--print-config  show the settings and where each comes from\n");
    for (Setting setting : known) {
      help.append(
          "%s %s  %s%n"
              .formatted(
                  setting.flag(),
                  setting.fallback().isEmpty() ? "VALUE" : setting.fallback(),
                  setting.meaning()));
    }
    return help.toString();
  }

  /** A text, empty where nothing was set. */
  public String text(Setting setting) {
    Value value = values.get(setting.name());
    if (value == null) {
      throw new IllegalArgumentException("%s is not among these settings".formatted(setting));
    }
    return value.text;
  }

  /** A text that may be absent. */
  public Optional<String> optional(Setting setting) {
    return Optional.of(text(setting)).filter(text -> !text.isEmpty());
  }

  /** A whole number within bounds. */
  public int number(Setting setting, int min, int max) throws InvalidSettingException {
    try {
      int number = Integer.parseInt(text(setting));
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below with the bounds.
    }
    throw new InvalidSettingException(
        "%s is %s; %d to %d allowed".formatted(setting.name(), text(setting), min, max));
  }

  /** A path. */
  public Path path(Setting setting) {
    return Path.of(text(setting)).toAbsolutePath();
  }

  /** Every setting's value, in the order of the settings. */
  public List<Value> all() {
    return List.copyOf(values.values());
  }

  /** Every setting, its value and where that comes from, a line each; secrets hidden. */
  public String printed() {
    StringBuilder lines = new StringBuilder();
    values.values().forEach(value -> lines.append(value).append('\n'));
    return lines.toString();
  }

  private static void readFile(Path file, List<Setting> known, Map<String, Value> values)
      throws InvalidSettingException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "the settings file %s cannot be read: %s".formatted(file, e.getMessage()));
    }
    for (String name : properties.stringPropertyNames()) {
      Setting setting = byName(known, name);
      values.put(name, new Value(setting, properties.getProperty(name), file.toString()));
    }
  }

  private static Setting byName(List<Setting> known, String name) throws InvalidSettingException {
    for (Setting setting : known) {
      if (setting.name().equals(name)) {
        return setting;
      }
    }
    throw new InvalidSettingException(
        "there is no setting named %s; there are %s"
            .formatted(name, String.join(", ", known.stream().map(Setting::name).toList())));
  }

  private static Map<String, String> flags(List<String> flags) throws InvalidSettingException {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      if (!flag.startsWith("--")) {
        throw new InvalidSettingException("%s: settings begin with --".formatted(flag));
      }
      int equals = flag.indexOf('=');
      if (equals > 0) {
        given.put(flag.substring(0, equals), flag.substring(equals + 1));
      } else if (i + 1 < flags.size()) {
        given.put(flag, flags.get(++i));
      } else {
        throw new InvalidSettingException("%s needs a value".formatted(flag));
      }
    }
    return given;
  }
}
