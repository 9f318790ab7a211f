package org.tidelock.cli.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.terminal.Console;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.sdk.message.ReadMessage;

/**
 * A solution that somebody found: what {@code tidelock solve} prints, in words or as JSON, or the
 * number alone, in hexadecimal or decimal. Digits alone can be either: the puzzle tells.
 *
 * @param numbers what the file may mean; at least one
 */
record SolutionFile(List<BigInteger> numbers) implements ReadMessage.Solver {

  private static final int MAX_BYTES = 1 << 20;
  private static final String FIELD = "solutionHex";
  private static final Pattern PRINTED =
      Pattern.compile("solution \\(hex\\)\\s+([0-9a-f]{1,2048})");
  private static final Pattern HEXADECIMAL = Pattern.compile("(?:0x)?([0-9a-f]{1,2048})");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,2500}");

  /**
   * Reads one.
   *
   * @param file "-" for standard input
   * @throws CommandFailure if it cannot be read, or holds no number
   */
  static SolutionFile read(Console console, Path file) {
    String name = InputFile.name(file);
    try (InputStream in = InputFile.open(console, file)) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      List<BigInteger> numbers = text.stripLeading().startsWith("{") ? json(text) : words(text);
      if (numbers.isEmpty()) {
        throw CommandFailure.damaged(
            name
                + ": no solution; what tidelock solve prints is expected, in words or with --json, or"
                + " the number alone, in hexadecimal or decimal",
            null);
      }
      return new SolutionFile(numbers);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR, "cannot read %s: %s".formatted(name, FileTrouble.reason(e)), e);
    }
  }

  /** Every field of that name, at whatever depth: several puzzles may have been solved. */
  private static List<BigInteger> json(String text) {
    List<BigInteger> numbers = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals(FIELD)
            && parser.nextToken() == JsonToken.VALUE_STRING) {
          addHexadecimal(parser.getText(), numbers);
        }
      }
    } catch (IOException notJson) {
      numbers.clear();
    }
    return numbers;
  }

  private static List<BigInteger> words(String text) {
    List<BigInteger> numbers = new ArrayList<>();
    Matcher printed = PRINTED.matcher(text);
    while (printed.find()) {
      addHexadecimal(printed.group(1), numbers);
    }
    if (numbers.isEmpty()) {
      String joined = text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
      addHexadecimal(joined, numbers);
      if (DECIMAL.matcher(joined).matches()) {
        numbers.add(new BigInteger(joined));
      }
    }
    return numbers;
  }

  private static void addHexadecimal(String text, List<BigInteger> numbers) {
    Matcher form = HEXADECIMAL.matcher(text);
    if (form.matches()) {
      numbers.add(new BigInteger(form.group(1), 16));
    }
  }

  /** The number that opens this puzzle; else the first, to be refused with a reason. */
  @Override
  public BigInteger solve(Puzzle puzzle) {
    return numbers.stream()
        .filter(number -> opens(puzzle, number))
        .findFirst()
        .orElse(numbers.getFirst());
  }

  private static boolean opens(Puzzle puzzle, BigInteger number) {
    if (puzzle.open(number) instanceof OpenOutcome.Opened opened) {
      opened.close();
      return true;
    }
    return false;
  }
}
