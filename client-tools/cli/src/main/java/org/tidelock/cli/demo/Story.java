package org.tidelock.cli.demo;

import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;

/** Tells the demo's steps as they happen, and stops between two of them if a signal came. */
final class Story {

  private final Invocation invocation;
  private int step;

  Story(Invocation invocation) {
    this.invocation = invocation;
  }

  /** A heading, below which the steps are counted anew. */
  void part(String heading) {
    step = 0;
    say("");
    say(heading);
  }

  /** The next numbered step, whose further lines are indented like it. */
  void step(String text) {
    goOn();
    step++;
    say("");
    say("%d. %s".formatted(step, text.replace("\n", "\n   ")));
  }

  /** More about this step. */
  void more(String text) {
    say("   " + text.replace("\n", "\n   "));
  }

  /** A line of its own; nothing of it where a JSON document is wanted. */
  void say(String text) {
    if (!invocation.options().json()) {
      invocation.console().out().println(text);
      invocation.console().out().flush();
    }
  }

  /** Whether a signal asked the demo to end. */
  boolean isInterrupted() {
    return invocation.interruption().stop().requested();
  }

  /**
   * Nothing of a demo is kept, so an interrupted one is over.
   *
   * @throws CommandFailure if a signal asked for the end
   */
  void goOn() {
    if (isInterrupted()) {
      throw interrupted();
    }
  }

  CommandFailure interrupted() {
    return new CommandFailure(
        ExitCode.CANCELLED,
        "the demo was interrupted and leaves nothing behind; the next one starts over");
  }

  /** Waits a little, for something that another process does. */
  void pause() {
    goOn();
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }
}
