package org.tidelock.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the user's words instead of the parser's. */
final class Misuse {

  /** How the parser begins what a converter has to say. */
  private static final Pattern INVALID =
      Pattern.compile(
          "(?i)invalid value for (?:option '([^']*)'|positional parameter at index \\S+)"
              + "(?: \\(([^)]*)\\))?: (.*)",
          Pattern.DOTALL);

  private static final Pattern NO_FLAG = Pattern.compile("'(.*)' is not a boolean");
  private static final Pattern OPTION_INSTEAD =
      Pattern.compile("(?i)expected parameter for option '([^']*)' but found '(.*)'");

  private Misuse() {}

  /** The complaint, without a full stop. */
  static String inWords(ParameterException failure) {
    return switch (failure) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> missing(missing);
      case MutuallyExclusiveArgsException several -> onlyOne(several);
      case MaxValuesExceededException several -> onlyOne(several);
      case OverwrittenOptionException twice ->
          named(twice.getOverwritten()) + " is given twice; give it once";
      default -> other(message(failure));
    };
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String argument = failure.getUnmatched().getFirst();
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    if (argument.startsWith("-") && argument.length() > 1) {
      return "there is no option " + argument + meant(failure.getSuggestions());
    }
    if (command.parent() == null) {
      return "there is no verb "
          + argument
          + meant(failure.getSuggestions())
          + "; "
          + verbs(command);
    }
    return "'%s' is one argument too many".formatted(argument);
  }

  private static String meant(List<String> suggestions) {
    return suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions);
  }

  private static String verbs(CommandSpec root) {
    return root.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(verb -> !verb.usageMessage().hidden())
        .map(CommandSpec::name)
        .collect(Collectors.joining(", ", "the verbs are ", ""));
  }

  private static String missing(MissingParameterException failure) {
    Matcher instead = OPTION_INSTEAD.matcher(message(failure));
    if (instead.find()) {
      return "%s needs a value, and %s follows instead"
          .formatted(instead.group(1), instead.group(2));
    }
    List<ArgSpec> missing = failure.getMissing();
    if (missing.stream().anyMatch(argument -> argument.group() != null && !isGiven(argument))) {
      return choice(failure.getCommandLine().getCommandSpec());
    }
    return missing.stream()
        .map(
            argument ->
                argument instanceof OptionSpec
                    ? "%s needs a value (%s)".formatted(named(argument), argument.paramLabel())
                    : argument.paramLabel() + " is missing")
        .collect(Collectors.joining(", "));
  }

  /** Whether the option itself stands on the command line, so that only its value is missing. */
  private static boolean isGiven(ArgSpec argument) {
    return argument.command().commandLine().getParseResult() != null
        && argument instanceof OptionSpec option
        && argument.command().commandLine().getParseResult().originalArgs().stream()
            .anyMatch(word -> List.of(option.names()).contains(word));
  }

  private static String onlyOne(ParameterException failure) {
    return "only one of %s can be given"
        .formatted(alternatives(failure.getCommandLine().getCommandSpec(), ", "));
  }

  private static String choice(CommandSpec command) {
    return "one of %s is required".formatted(alternatives(command, ", "));
  }

  private static String alternatives(CommandSpec command, String between) {
    return command.argGroups().stream()
        .map(ArgGroupSpec::options)
        .flatMap(List::stream)
        .map(option -> option.longestName() + " " + option.paramLabel())
        .collect(Collectors.joining(between));
  }

  private static String other(String complaint) {
    Matcher invalid = INVALID.matcher(complaint);
    if (!invalid.matches()) {
      return firstLower(complaint);
    }
    String name = invalid.group(1) != null ? invalid.group(1) : String.valueOf(invalid.group(2));
    Matcher flag = NO_FLAG.matcher(invalid.group(3));
    return flag.matches()
        ? "%s takes no value, and '%s' was given".formatted(name, flag.group(1))
        : name + ": " + invalid.group(3);
  }

  private static String named(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String message(ParameterException failure) {
    return String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
  }

  private static String firstLower(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
