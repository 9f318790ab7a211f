package org.tidelock.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.DurationText;
import org.tidelock.cli.time.HumanTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelock demo}: the whole product in about a minute. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Show the whole product in about a minute.",
      "",
      "Locks a file for ten seconds and opens it. Then runs a service of its own, with a PostgreSQL and",
      "two people, sends one message that is released at its time and one that only solving opens,",
      "kills the service meanwhile and starts it again. Leaves nothing behind.",
      ""
    })
public final class DemoCommand implements Verb {

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationText.class,
      defaultValue = "10s",
      description = "Lock the file for another time than ten seconds.")
  private Duration duration = Duration.ofSeconds(10);

  private final Invocation invocation;

  public DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Story story = new Story(invocation);
    try (Leftovers leftovers = Leftovers.inNewFolder(invocation)) {
      ThisMachine machine = new ThisMachine(invocation);
      Speed speed = measure(story, machine);
      LockedFile.Facts file =
          new LockedFile(invocation, story, speed, duration).tell(leftovers.folder(), machine);
      MessageFacts messages = new ScheduledMessages(invocation, story, speed, leftovers).tell();
      conclude(story, speed, file, messages);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw story.isInterrupted()
          ? story.interrupted()
          : new CommandFailure(
              ExitCode.ERROR, "the demo cannot go on: " + FileTrouble.reason(e), e);
    } catch (CommandFailure e) {
      throw story.isInterrupted() ? story.interrupted() : e;
    }
  }

  private static Speed measure(Story story, ThisMachine machine) {
    story.say("A FILE, LOCKED FOR A TIME");
    Speed speed = Speed.measure(machine);
    story.step(
        "This machine squares modulo %d bits with the kernel %s, %s times a second."
            .formatted(
                Speed.BITS,
                speed.kernel(),
                Counts.grouped(Math.round(speed.squaringsPerSecond()))));
    return speed;
  }

  private void conclude(Story story, Speed speed, LockedFile.Facts file, MessageFacts messages) {
    if (invocation.options().json()) {
      invocation.reporter().result(document(speed, file, messages), "");
      return;
    }
    story.part("WHAT THIS SHOWED");
    story.say(
        """
        - A lock takes a moment to make and its time to open. Every block of squarings was
          checked; errors caught: %d.
        - Before its time the service refused the first message%s;
          it opened %s after the time that alice signed.
        - kill -9 of %d processes lost nothing: accounts, messages, receipts were there.
        - The second message opened by squarings alone, with no server.
        - Both were, byte for byte, what alice wrote, and opened under the keys that the
          service had committed to in receipts.
        - Neither text and no password was in the %.0f MB that the service had on disk.

        Next: tidelock lock --for 3d -o letter.tlk letter.txt; tidelock serve"""
            .formatted(
                file.run().errorsCaught() + messages.solved().errorsCaught(),
                messages.refusals() > 1 ? ", and again after the kill" : "",
                HumanTime.length(messages.releasedAfter()),
                messages.killed(),
                messages.searchedBytes() / 1e6));
  }

  private static Map<String, Object> document(
      Speed speed, LockedFile.Facts file, MessageFacts messages) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kernel", speed.kernel());
    fields.put("bits", Speed.BITS);
    fields.put("squaringsPerSecond", speed.squaringsPerSecond());
    fields.put("file", file.document());
    fields.putAll(messages.document());
    return fields;
  }
}
