package org.tidelock.cli.manual;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page of the command, in roff (man(7)), made from the commands themselves, so that it says
 * what they do. Options hidden from help are in it too.
 */
public final class ManPage {

  private final StringBuilder roff = new StringBuilder();
  private final CommandLine root;
  private final Set<String> global = new TreeSet<>();

  private ManPage(CommandLine root) {
    this.root = root;
    root.getCommandSpec().options().forEach(option -> global.add(option.longestName()));
  }

  /** The page for a root command with its verbs. */
  public static String of(CommandLine root) {
    return new ManPage(root).write();
  }

  private String write() {
    macro(".TH TIDELOCK 1 \"\" \"Tidelock\" \"User Commands\"");
    macro(".SH NAME");
    text("tidelock - lock data until a time");
    macro(".SH SYNOPSIS");
    macro(".B tidelock");
    text("VERB [OPTION...] [ARGUMENT...]");
    macro(".SH DESCRIPTION");
    paragraph(root.getCommandSpec().usageMessage().description());
    macro(".SH VERBS");
    verbs().forEach(this::verb);
    macro(".SH GLOBAL OPTIONS");
    text("They stand before or after any verb.");
    root.getCommandSpec().options().forEach(this::option);
    environment();
    files();
    exitStatus();
    return roff.toString();
  }

  private List<CommandSpec> verbs() {
    return below(root).toList();
  }

  /** The verbs of a command, each followed by those below it. */
  private static Stream<CommandSpec> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(verb -> !verb.getCommandSpec().usageMessage().hidden())
        .flatMap(verb -> Stream.concat(Stream.of(verb.getCommandSpec()), below(verb)));
  }

  private void verb(CommandSpec verb) {
    macro(".SS \"" + verb.qualifiedName() + "\"");
    macro(".B " + escaped(verb.qualifiedName()));
    text(synopsis(verb));
    macro(".PP");
    paragraph(verb.usageMessage().description());
    verb.positionalParameters().forEach(this::parameter);
    verb.options().stream().filter(o -> !global.contains(o.longestName())).forEach(this::option);
    if (verb.usageMessage().footer().length > 0) {
      macro(".PP");
      paragraph(verb.usageMessage().footer());
    }
  }

  /** Choices first, then what may be left out, then the arguments. */
  private String synopsis(CommandSpec verb) {
    StringBuilder synopsis = new StringBuilder();
    for (ArgGroupSpec group : verb.argGroups()) {
      synopsis.append(
          group.options().stream()
              .map(option -> option.longestName() + " " + option.paramLabel())
              .collect(Collectors.joining(" | ", "(", ") ")));
    }
    synopsis.append("[OPTION...]");
    verb.positionalParameters().forEach(p -> synopsis.append(' ').append(argument(p)));
    return synopsis.toString();
  }

  private static String argument(PositionalParamSpec parameter) {
    String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    return parameter.arity().min() == 0 ? "[" + label + "]" : label;
  }

  private void parameter(PositionalParamSpec parameter) {
    macro(".TP");
    macro(".I " + escaped(parameter.paramLabel()));
    text(String.join(" ", parameter.description()));
  }

  private void option(OptionSpec option) {
    macro(".TP");
    String names =
        Arrays.stream(option.names())
            .map(name -> "\\fB" + escaped(name) + "\\fR")
            .collect(Collectors.joining(", "));
    boolean hasValue = option.arity().max() > 0;
    macro(names + (hasValue ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : ""));
    text(String.join(" ", option.description()));
  }

  private void environment() {
    macro(".SH ENVIRONMENT");
    entry(
        "TIDELOCK_HOME",
        "Where calibration, checkpoints and the account are kept, unless --home says.");
    entry("TIDELOCK_SERVER", "The service's address, unless --server says.");
    entry("TIDELOCK_JAVA_HOME", "The JDK 25 to run on, instead of the first one found.");
    entry("TIDELOCK_JAVA_OPTS", "Further options for the Java machine, separated by spaces.");
    entry(
        "TIDELOCK_NATIVE",
        "With the value off, native code is not loaded and Java alone squares; on is the default,"
            + " and other values are refused.");
    entry("TIDELOCK_DEBUG", "With the value 1, errors are followed by where they arose.");
  }

  private void files() {
    macro(".SH FILES");
    entry("~/.tidelock/calibration.json", "How fast this machine squares; see calibrate.");
    entry("~/.tidelock/account", "Who you are at a service, encrypted; for you alone to read.");
    entry("~/.tidelock/service", "What tidelock serve keeps: keys, certificate, database.");
    entry(
        "~/.tidelock/work",
        "A folder of checkpoints for each puzzle begun, named by its id. They go when they can serve"
            + " nobody: when the plaintext is a file on disk, when the puzzle turns out to be altered,"
            + " and when all of the work took less than a minute.");
  }

  private void exitStatus() {
    macro(".SH EXIT STATUS");
    entry("0", "Done.");
    entry("1", "Error.");
    entry("2", "The command line says something wrong or too little.");
    entry("3", "Not yet unlocked.");
    entry("4", "Wrong key or damaged data. No output file is left.");
    entry("5", "Interrupted. The work is saved; the same command goes on.");
    entry("6", "Server unreachable.");
    entry("130", "Interrupted before there was anything to save. Nothing is left behind.");
  }

  private void entry(String name, String meaning) {
    macro(".TP");
    macro(".B " + escaped(name));
    text(meaning);
  }

  /** Lines that begin with blanks are examples and keep their form; empty ones part paragraphs. */
  private void paragraph(String[] lines) {
    boolean empty = true;
    for (String line : lines) {
      if (line.isBlank()) {
        if (!empty) {
          macro(".PP");
        }
        empty = true;
      } else if (line.startsWith("  ")) {
        macro(".br");
        text(line.strip());
      } else {
        text(line);
        empty = false;
      }
    }
  }

  private void macro(String line) {
    roff.append(line).append('\n');
  }

  private void text(String line) {
    String safe = escaped(line.replace("%n", ""));
    roff.append(safe.startsWith(".") || safe.startsWith("'") ? "\\&" : "")
        .append(safe)
        .append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").strip();
  }
}
