package org.tidelock.cli.terminal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says what was found: results to standard output, everything else to standard error; in words, or
 * as JSON.
 */
public final class Reporter {

  private final Console console;
  private final Interruption interruption;
  private final boolean json;
  private final boolean quiet;

  public Reporter(Console console, Interruption interruption, boolean json, boolean quiet) {
    this.console = console;
    this.interruption = interruption;
    this.json = json;
    this.quiet = quiet;
  }

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }

  /** The result: the one document of {@code --json}, or the text, which ends without a line end. */
  public void result(Object document, String text) {
    interruption.commandDecidesEnd();
    console.out().println(json ? Json.document(document) : text);
  }

  /** Something worth knowing that is neither result nor error. */
  public void note(String text) {
    if (!quiet) {
      say("note", text);
    }
  }

  /** Something the user should act on; not silenced by {@code --quiet}. */
  public void warning(String text) {
    say("warning", text);
  }

  /** One of several errors, where the document of {@code --json} tells them all. */
  public void error(String text) {
    if (!json) {
      tell(console, text);
    }
  }

  private void say(String kind, String text) {
    if (json) {
      console.err().println(Json.line(Map.of(kind, Printable.withoutSecrets(text))));
      console.err().flush();
    } else {
      tell(console, prefix(kind) + text);
    }
  }

  private static void tell(Console console, String text) {
    PrintStream err = console.err();
    err.println("tidelock: " + Printable.line(text));
    err.flush();
  }

  private static String prefix(String kind) {
    return kind.equals("note") ? "" : kind + ": ";
  }

  /**
   * Why the command ends without its result. With {@code --json} this is the document on standard
   * output, so that a script reads one document in either case.
   */
  public static void failure(
      Console console, boolean json, String kind, int exitCode, String message) {
    if (json) {
      console.out().println(Json.document(Map.of("error", error(kind, exitCode, message))));
    } else {
      tell(console, message);
    }
  }

  /** The fields of an error in a document. */
  public static Map<String, Object> error(String kind, int exitCode, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("kind", kind);
    error.put("exitCode", exitCode);
    error.put("message", Printable.withoutSecrets(message));
    return error;
  }
}
