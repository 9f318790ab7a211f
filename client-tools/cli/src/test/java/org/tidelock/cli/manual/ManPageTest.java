package org.tidelock.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tidelock.cli.GlobalOptions;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Tidelock;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Console.Terminals;
import org.tidelock.cli.terminal.Interruption;
import picocli.CommandLine;

class ManPageTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "man", "tidelock.1");

  @Test
  void theCommittedPageIsTheOneTheCommandPrints() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("renew it with: ./tidelock man > docs/man/tidelock.1")
        .isEqualTo(ManPage.of(commands()));
  }

  @Test
  void namesEveryVerbAndEveryOption() {
    String page = ManPage.of(commands()).replace("\\-", "-");
    for (CommandLine verb : commands().getSubcommands().values()) {
      if (!verb.getCommandSpec().usageMessage().hidden()) {
        assertThat(page).contains(".SS \"tidelock " + verb.getCommandName() + "\"");
        verb.getCommandSpec()
            .options()
            .forEach(option -> assertThat(page).contains(option.names()));
      }
    }
  }

  private static CommandLine commands() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Terminals.NONE,
            Map.of(),
            Path.of("").toAbsolutePath(),
            InstantSource.system(),
            ZoneOffset.UTC);
    return Tidelock.commands(new Invocation(console, new Interruption(), new GlobalOptions()));
  }
}
