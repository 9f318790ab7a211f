package org.tidelock.cli.files;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Says in words why the system refused something; its own exceptions often hold a path and no more.
 */
public final class FileTrouble {

  private FileTrouble() {}

  /** The reason, with the path it is about where the system names one. */
  public static String reason(IOException trouble) {
    return switch (trouble) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case FileAlreadyExistsException there ->
          there.getFile() + " is there already and is no folder";
      case NotDirectoryException file -> file.getFile() + " is no folder";
      case FileSystemException other when other.getReason() != null ->
          "%s: %s".formatted(lowerFirst(other.getReason()), other.getFile());
      case ClosedChannelException closed -> "it was closed meanwhile";
      default ->
          trouble.getMessage() == null
              ? "the system gives no reason (%s)".formatted(trouble.getClass().getSimpleName())
              : lowerFirst(trouble.getMessage());
    };
  }

  /** Whether the path is a symbolic link to nowhere. */
  static boolean isDangling(Path path) {
    return Files.isSymbolicLink(path) && !Files.exists(path);
  }

  /** What is wrong with a link to nowhere. */
  static String dangling(Path file, Path path) {
    try {
      return "%s is a link to %s, which cannot be reached"
          .formatted(file, Files.readSymbolicLink(path));
    } catch (IOException e) {
      return file + " is a link that cannot be followed";
    }
  }

  private static String lowerFirst(String text) {
    boolean sentence = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return sentence ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
  }
}
