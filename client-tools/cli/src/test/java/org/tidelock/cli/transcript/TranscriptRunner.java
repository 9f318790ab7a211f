package org.tidelock.cli.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tidelock.cli.Tidelock;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Console.Terminals;
import org.tidelock.cli.terminal.Interruption;

/**
 * Plays a transcript in a folder of its own, in this process.
 *
 * <pre>
 * tidelock ARG...            runs the command; it must exit 0
 * exit N tidelock ARG...     runs the command; it must exit N
 * stdout RE, stderr RE       the last command's output matches somewhere; with ! before, nowhere
 * stdin FILE | stdin stdout  what the next command reads
 * exists FILE...             with ! before: does not exist
 * only FILE...               the folder holds exactly these, besides home
 * cmp FILE FILE | cmp stdout FILE
 * save FILE                  writes the last standard output to a file
 * cut FILE COUNT             keeps the first COUNT bytes
 * flip FILE POSITION         flips a bit of the byte there; negative counts from the end
 * fill FILE COUNT            makes a file of COUNT bytes of a fixed pattern
 * add FILE TEXT              appends a text to the file
 * link NAME TARGET           makes a symbolic link
 * empty FOLDER               the folder is there and holds nothing
 * terminal in|out|err|none   which stream the next commands take for a terminal
 * </pre>
 *
 * In every word {@code $WORK} stands for the folder and {@code $ESC} for the escape character.
 */
final class TranscriptRunner {

  private final Path folder;
  private final Map<String, String> environment;
  private byte[] nextInput = new byte[0];
  private byte[] stdout = new byte[0];
  private String stderr = "";
  private Terminals terminals = Terminals.NONE;

  TranscriptRunner(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  void play(Transcript transcript) throws IOException {
    for (Map.Entry<String, String> file : transcript.files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    for (Transcript.Line line : transcript.lines()) {
      List<String> words = line.words().stream().map(this::filledIn).toList();
      try {
        step(words);
      } catch (AssertionError e) {
        throw new AssertionError(
            "line %d: %s%nstdout: %s%nstderr: %s%n%s"
                .formatted(line.number(), words, text(stdout), stderr, e.getMessage()),
            e);
      }
    }
  }

  private String filledIn(String word) {
    return word.replace("$WORK", folder.toString()).replace("$ESC", "\u001b");
  }

  private void step(List<String> words) throws IOException {
    boolean not = words.getFirst().equals("!");
    List<String> rest = not ? words.subList(1, words.size()) : words;
    List<String> arguments = rest.subList(1, rest.size());
    switch (rest.getFirst()) {
      case "tidelock" -> run(0, arguments);
      case "exit" ->
          run(Integer.parseInt(arguments.getFirst()), arguments.subList(2, arguments.size()));
      case "stdout" -> match(text(stdout), arguments.getFirst(), not);
      case "stderr" -> match(stderr, arguments.getFirst(), not);
      case "stdin" -> nextInput = bytes(arguments.getFirst());
      case "exists" ->
          arguments.forEach(f -> assertThat(Files.exists(folder.resolve(f))).isEqualTo(!not));
      case "only" -> assertThat(listing()).containsExactlyInAnyOrderElementsOf(arguments);
      case "cmp" ->
          assertThat(Arrays.equals(bytes(arguments.get(0)), bytes(arguments.get(1))))
              .as("same bytes")
              .isTrue();
      case "save" -> Files.write(folder.resolve(arguments.getFirst()), stdout);
      case "cut" -> cut(folder.resolve(arguments.get(0)), Integer.parseInt(arguments.get(1)));
      case "flip" -> flip(folder.resolve(arguments.get(0)), Integer.parseInt(arguments.get(1)));
      case "fill" -> fill(folder.resolve(arguments.get(0)), Integer.parseInt(arguments.get(1)));
      case "add" ->
          Files.writeString(
              folder.resolve(arguments.get(0)), arguments.get(1), StandardOpenOption.APPEND);
      case "link" ->
          Files.createSymbolicLink(folder.resolve(arguments.get(0)), Path.of(arguments.get(1)));
      case "empty" -> assertThat(folder.resolve(arguments.getFirst())).isEmptyDirectory();
      case "terminal" -> terminals = terminals(arguments.getFirst());
      default -> fail("no such transcript command: " + rest.getFirst());
    }
  }

  private void run(int expectedExit, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(nextInput),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminals,
            environment,
            folder,
            InstantSource.system(),
            ZoneOffset.UTC);
    int exit = Tidelock.run(console, new Interruption(), arguments.toArray(String[]::new));
    nextInput = new byte[0];
    stdout = out.toByteArray();
    stderr = err.toString(StandardCharsets.UTF_8);
    assertThat(stderr).as("no stack trace").doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(exit).as("exit code").isEqualTo(expectedExit);
  }

  private static void match(String text, String pattern, boolean not) {
    boolean found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).find();
    assertThat(found).as("%s matches", pattern).isEqualTo(!not);
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(e -> e.getFileName().toString()).filter(n -> !n.equals("home")).toList();
    }
  }

  private byte[] bytes(String name) throws IOException {
    return name.equals("stdout") ? stdout : Files.readAllBytes(folder.resolve(name));
  }

  private static void cut(Path file, int count) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), count));
  }

  private static void flip(Path file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position < 0 ? bytes.length + position : position] ^= 0x10;
    Files.write(file, bytes);
  }

  private static void fill(Path file, int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    Files.write(file, bytes);
  }

  private static Terminals terminals(String which) {
    return new Terminals(which.equals("in"), which.equals("out"), which.equals("err"), 80);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
