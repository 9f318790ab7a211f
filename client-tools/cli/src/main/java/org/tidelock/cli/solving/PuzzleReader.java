package org.tidelock.cli.solving;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.terminal.Console;
import org.tidelock.engine.lockfile.LockFile;
import org.tidelock.engine.lockfile.LockFileFormatException;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ClassicPuzzle;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.wire.ExportedMessage;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.protocol.wire.WireJson;

/** Reads a puzzle file of any kind, told apart by how it begins. */
public final class PuzzleReader {

  private static final int MAX_BYTES = 1 << 20;
  private static final int PEEKED_BYTES = 1100;

  /** How a canonical encoding begins: the length of its label, and the label. */
  private static final String SEALED_BEGINNING = "\0\0\0\u0012tidelock/v1/puzzle";

  /** How a message begins that was exported. */
  private static final String EXPORTED_BEGINNING = "tidelock-message/1\n";

  /** How a server's view of a puzzle begins. */
  private static final Pattern SHOWN_BEGINNING = Pattern.compile("\\s*+\\{\\s*+\"");

  private static final String EXPECTED =
      "a lock file, a puzzle, an exported message, a server's view of a puzzle, or the text of a"
          + " classic puzzle (lines t = ..., n = ..., z = ...) is expected";
  private static final Pattern CLASSIC_LINE =
      Pattern.compile("^[ \\t]*+[tnz][ \\t]*+=", Pattern.MULTILINE);

  private final Console console;
  private final ModulusPolicy policy;

  /**
   * A reader.
   *
   * @param policy which sizes of modulus it accepts in puzzles of ours; classic ones are judged by
   *     who solves them
   */
  public PuzzleReader(Console console, ModulusPolicy policy) {
    this.console = console;
    this.policy = policy;
  }

  /**
   * Reads the puzzle in {@code file}; of a lock file only the header.
   *
   * @param file null or "-" for standard input
   * @throws CommandFailure if it cannot be read, or holds no puzzle
   */
  public PuzzleSource read(@Nullable Path file) {
    String name = InputFile.name(file);
    try (InputStream in = InputFile.open(console, file)) {
      return read(name, new BufferedInputStream(in));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR, "cannot read %s: %s".formatted(name, FileTrouble.reason(e)), e);
    }
  }

  private PuzzleSource read(String name, BufferedInputStream in) throws IOException {
    String beginning = peek(in);
    try {
      if (isLockFile(beginning)) {
        return new PuzzleSource.Locked(name, LockFile.read(in, policy).info());
      }
      if (beginning.startsWith(EXPORTED_BEGINNING)) {
        return new PuzzleSource.Sealed(name, exported(name, in));
      }
      byte[] bytes = whole(name, in);
      if (SHOWN_BEGINNING.matcher(beginning).lookingAt()) {
        return new PuzzleSource.Sealed(name, shown(name, bytes));
      }
      return beginning.startsWith(SEALED_BEGINNING)
          ? new PuzzleSource.Sealed(name, Puzzle.decode(Bytes.of(bytes), policy))
          : new PuzzleSource.Classic(name, ClassicPuzzle.parse(classicText(name, bytes)));
    } catch (PuzzleFormatException | LockFileFormatException e) {
      throw CommandFailure.damaged(name + ": " + e.getMessage(), e);
    }
  }

  private static String peek(BufferedInputStream in) throws IOException {
    in.mark(PEEKED_BYTES);
    String beginning = new String(in.readNBytes(PEEKED_BYTES), StandardCharsets.ISO_8859_1);
    in.reset();
    return beginning;
  }

  private static boolean isLockFile(String beginning) {
    return beginning.startsWith("age-encryption.org/")
        || beginning.stripLeading().startsWith("-----BEGIN AGE");
  }

  private Puzzle exported(String name, InputStream in) throws IOException, PuzzleFormatException {
    return switch (ExportedMessage.read(in)) {
      case ExportedMessage.Reading.Refused(String reason) ->
          throw CommandFailure.damaged("%s: no exported message: %s".formatted(name, reason), null);
      case ExportedMessage.Reading.Read(Messages.Sealed sealed) -> {
        if (sealed.puzzle().isEmpty()) {
          throw CommandFailure.damaged(name + ": an immediate message has no puzzle", null);
        }
        yield Puzzle.decode(sealed.puzzle().getFirst(), policy);
      }
    };
  }

  private Puzzle shown(String name, byte[] json) throws PuzzleFormatException {
    return switch (WireJson.read(json, Messages.Puzzle.class)) {
      case WireJson.Reading.Read<Messages.Puzzle>(Messages.Puzzle shown) ->
          Puzzle.decode(shown.puzzle(), policy);
      case WireJson.Reading.Malformed<Messages.Puzzle>(String reason) ->
          throw CommandFailure.damaged(
              "%s: no server's view of a puzzle: %s".formatted(name, reason), null);
      case WireJson.Reading.InvalidField<Messages.Puzzle>(String field, String reason) ->
          throw CommandFailure.damaged(
              "%s: no server's view of a puzzle: %s %s".formatted(name, field, reason), null);
    };
  }

  private static byte[] whole(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw CommandFailure.damaged(
          "%s: more than %d bytes and no lock file; no puzzle is that long"
              .formatted(name, MAX_BYTES),
          null);
    }
    return bytes;
  }

  private static String classicText(String name, byte[] bytes) {
    if (bytes.length == 0) {
      throw CommandFailure.damaged(name + ": empty; " + EXPECTED, null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (CLASSIC_LINE.matcher(text).find()) {
        return text;
      }
    } catch (CharacterCodingException notText) {
      // Nor is it one of the others.
    }
    throw CommandFailure.damaged(name + ": no puzzle; " + EXPECTED, null);
  }
}
