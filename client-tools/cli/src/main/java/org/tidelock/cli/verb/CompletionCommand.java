package org.tidelock.cli.verb;

import java.util.Iterator;
import java.util.List;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Tidelock;
import org.tidelock.cli.Verb;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tidelock completion}: the script a shell completes the command with. */
@Command(
    name = "completion",
    description = "Print the completion script for a shell.",
    footer = {
      "",
      "bash, in ~/.bashrc: source <(tidelock completion bash)",
      "zsh, in ~/.zshrc:   source <(tidelock completion zsh)"
    })
public final class CompletionCommand implements Verb {

  /** The shells a script exists for. */
  enum Shell {
    BASH,
    ZSH
  }

  /** The shells' names as they are written. */
  static final class Shells implements ITypeConverter<Shell>, Iterable<String> {

    @Override
    public Shell convert(String text) {
      return switch (text) {
        case "bash" -> Shell.BASH;
        case "zsh" -> Shell.ZSH;
        default ->
            throw new TypeConversionException(
                "'%s' is no shell there is a script for; bash or zsh required".formatted(text));
      };
    }

    @Override
    public Iterator<String> iterator() {
      return List.of("bash", "zsh").iterator();
    }
  }

  @Parameters(
      paramLabel = "SHELL",
      converter = Shells.class,
      completionCandidates = Shells.class,
      description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  private final Invocation invocation;

  public CompletionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    String script = AutoComplete.bash("tidelock", Tidelock.commands(invocation));
    invocation.console().out().print(zshPrelude() + script);
    return ExitCode.DONE;
  }

  /** The script is bash's; zsh runs it through its own emulation of bash completion. */
  private String zshPrelude() {
    return switch (shell) {
      case BASH -> "";
      case ZSH ->
          "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";
    };
  }
}
