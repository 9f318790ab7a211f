package org.tidelock.cli.solving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ClassicPuzzle;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;

/** Reads a puzzle file of any kind, told apart by how it begins. */
public final class PuzzleReader {

  private static final int MAX_BYTES = 1 << 20;

  /** Length and text of the label that begins a canonical encoding. */
  private static final byte[] SEALED_BEGINNING =
      "\0\0\0\u0012tidelock/v1/puzzle".getBytes(StandardCharsets.US_ASCII);

  private final ModulusPolicy policy;

  /**
   * A reader.
   *
   * @param policy which sizes of modulus it accepts in puzzles of ours; classic ones are judged by
   *     who solves them
   */
  public PuzzleReader(ModulusPolicy policy) {
    this.policy = policy;
  }

  /**
   * Reads the puzzle in {@code file}.
   *
   * @param name what the user called it
   * @throws CommandFailure if it cannot be read, or holds no puzzle
   */
  public PuzzleSource read(String name, Path file) {
    byte[] bytes = bytes(name, file);
    try {
      return startsWith(bytes, SEALED_BEGINNING)
          ? new PuzzleSource.Sealed(name, Puzzle.decode(Bytes.of(bytes), policy))
          : new PuzzleSource.Classic(name, ClassicPuzzle.parse(text(name, bytes)));
    } catch (PuzzleFormatException e) {
      throw CommandFailure.damaged(name + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(String name, Path file) {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCode.ERROR, name + " is a folder; a puzzle file is needed");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.ERROR, "no file %s".formatted(name), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR, "cannot read %s: %s".formatted(name, e.getMessage()), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw CommandFailure.damaged(
          "%s: more than %d bytes; no puzzle is that long".formatted(name, MAX_BYTES), null);
    }
    return bytes;
  }

  private static String text(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw CommandFailure.damaged(
          name
              + ": neither a lock file, nor a puzzle of ours, nor the text of a classic puzzle"
              + " (lines t = ..., n = ..., z = ...)",
          e);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    return bytes.length >= beginning.length
        && Arrays.equals(Arrays.copyOf(bytes, beginning.length), beginning);
  }
}
