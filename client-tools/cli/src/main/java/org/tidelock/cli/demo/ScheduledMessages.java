package org.tidelock.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.message.ExportMessage;
import org.tidelock.sdk.message.ReadOutcome;

/**
 * The second part: a service, two people, two messages. One is released at its time by a service
 * that was killed in between, the other solved with no service at all.
 */
final class ScheduledMessages {

  private static final Duration UNTIL_RELEASE = Duration.ofSeconds(15);
  private static final Duration SOLVING = Duration.ofSeconds(12);
  private static final Duration LATEST_RELEASE = Duration.ofSeconds(60);
  private static final Duration LONG_POLL = Duration.ofSeconds(1);
  private static final String TO_RELEASE = "The auction is over; my bid was 1,250,000.\n";
  private static final String TO_SOLVE = "No server gave you this. You worked for it.\n";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Invocation invocation;
  private final Story story;
  private final Speed speed;
  private final Leftovers leftovers;
  private final ServiceProcess service;

  ScheduledMessages(Invocation invocation, Story story, Speed speed, Leftovers leftovers)
      throws IOException {
    this.invocation = invocation;
    this.story = story;
    this.speed = speed;
    this.leftovers = leftovers;
    this.service = new ServiceProcess(leftovers.folder().resolve("operator"), story);
  }

  /** Runs the service and both people through it. */
  MessageFacts tell() throws IOException {
    invocation.interruption().commandDecidesEnd();
    leftovers.stopLater(service::stop);
    Duration startTook = start();
    try (Person alice = Person.register("alice", leftovers.folder(), service);
        Person bob = Person.register("bob", leftovers.folder(), service)) {
      compareSafetyNumbers(alice, bob);
      SentMessage first = send(alice, bob, Policy.AT_UNLOCK, UNTIL_RELEASE, TO_RELEASE);
      SentMessage second = send(alice, bob, Policy.PUZZLE_ONLY, SOLVING, TO_SOLVE);
      announce(first);
      int refusals = refuse(bob, first, second);
      Path exported = export(bob, second);
      int killed = kill(bob, first);
      try (OfflineSolving solving = OfflineSolving.begin(bob.tidelock(), exported)) {
        long searched = search(alice, bob);
        Duration restartTook = startAgain(bob, first, second);
        refusals += refuseAgain(bob, first, solving);
        Duration releasedAfter = release(bob, first);
        MessageFacts.Solved solved = solve(second, solving);
        return new MessageFacts(
            startTook, restartTook, killed, refusals, releasedAfter, solved, searched);
      }
    }
  }

  private Duration start() throws IOException {
    story.part("MESSAGES THAT OPEN AT THEIR TIME");
    story.step("Starting a service, tidelock serve, in a process of its own ...");
    Duration took = timed(service::start);
    story.more("ready after %s, at %s".formatted(HumanTime.length(took), service.address()));
    return took;
  }

  private void compareSafetyNumbers(Person alice, Person bob) throws IOException {
    List<String> seenByAlice =
        Person.granted(alice.tidelock().people().safetyNumber(bob.name())).groups();
    List<String> seenByBob =
        Person.granted(bob.tidelock().people().safetyNumber(alice.name())).groups();
    Fault.unless(seenByAlice.equals(seenByBob), "the two see different safety numbers");
    story.step(
        """
        Alice and bob registered, with the codes that the service printed.
        Both see the safety number %s ..."""
            .formatted(String.join(" ", seenByAlice.subList(0, 6))));
  }

  private SentMessage send(Person from, Person to, Policy policy, Duration ahead, String text)
      throws IOException {
    SentMessage sent = SentMessage.send(from, to, policy, ahead, speed.profile(), text);
    Fault.unless(
        from.tidelock().home().receipt(sent.id()).filter(sent.accepted()::equals).isPresent(),
        "the sender's home does not keep the receipt that the service gave");
    return sent;
  }

  private void announce(SentMessage first) {
    story.step(
        """
        Alice sends bob two messages, and holds a signed receipt for each: one to be
        released at %s, in %s, and one that only solving opens, in %s or so."""
            .formatted(
                clock(first.unlockAt()),
                HumanTime.length(UNTIL_RELEASE),
                HumanTime.length(SOLVING)));
  }

  private int refuse(Person bob, SentMessage first, SentMessage second) throws IOException {
    List<Mailbox.Item> items = Person.granted(bob.tidelock().inbox().next(Duration.ZERO));
    Fault.unless(
        arrived(items).containsAll(List.of(first.id(), second.id())),
        "a message did not arrive in the recipient's mailbox");
    Person.granted(bob.tidelock().inbox().acknowledge(items));
    if (!first.isRefusedTo(bob)) {
      throw new CommandFailure(
          ExitCode.ERROR,
          "this machine is too busy for the demo: %s passed before bob could ask for the message; try again when it is less so"
              .formatted(HumanTime.length(UNTIL_RELEASE)));
    }
    second.isRefusedTo(bob);
    story.step(
        """
        Both are in bob's mailbox, and he tries to read them. Refused: the first until
        %s, the second for ever; the service has its puzzle and no key."""
            .formatted(clock(first.unlockAt())));
    return 1;
  }

  private static List<MessageId> arrived(List<Mailbox.Item> items) {
    return items.stream()
        .filter(item -> item.kind() == Mailbox.Kind.ARRIVED)
        .map(Mailbox.Item::message)
        .toList();
  }

  private Path export(Person bob, SentMessage second) throws IOException {
    Path file = leftovers.folder().resolve("second.message");
    try (OutputStream out = Files.newOutputStream(file)) {
      Person.granted(
          new ExportMessage(bob.tidelock().connection(), bob.tidelock().home())
              .export(second.id(), out));
    }
    DiskSearch.Result result = new DiskSearch(Map.of("the text", second.bytes())).in(file);
    Fault.unless(result.found().isEmpty(), "the exported message can be read as it is");
    return file;
  }

  private int kill(Person bob, SentMessage first) throws IOException {
    long pid = service.pid();
    int killed = service.kill();
    try {
      bob.tidelock().reading().read(first.id(), new ByteArrayOutputStream());
    } catch (UnreachableException e) {
      story.step(
          """
          kill -9 %d: the service is gone, and its %d PostgreSQLs with it.
          Bob has the second message as a file, and begins to solve it."""
              .formatted(pid, killed - 1));
      return killed;
    }
    throw new IOException("the service still answers after it was killed");
  }

  private long search(Person alice, Person bob) throws IOException {
    byte[] known = alice.name().value().getBytes(StandardCharsets.UTF_8);
    Fault.unless(
        new DiskSearch(Map.of("a name", known)).in(service.data()).found().isPresent(),
        "a search of the service's disk does not even find a name that it knows");
    Map<String, byte[]> secrets =
        Map.of(
            "the first text", TO_RELEASE.getBytes(StandardCharsets.UTF_8),
            "the second text", TO_SOLVE.getBytes(StandardCharsets.UTF_8),
            "alice's password", alice.revealPassword(),
            "bob's password", bob.revealPassword());
    DiskSearch.Result result = new DiskSearch(secrets).in(service.data());
    Fault.unless(result.found().isEmpty(), "the service had what it must not: " + result.found());
    return result.bytes();
  }

  private Duration startAgain(Person bob, SentMessage first, SentMessage second)
      throws IOException {
    story.step("Starting the service again, on what it had on disk ...");
    Duration took = timed(service::start);
    bob.comeBack();
    List<MessageId> kept =
        Person.granted(bob.tidelock().inbox().received(Optional.empty())).messages().stream()
            .map(summary -> summary.envelope().message())
            .toList();
    Fault.unless(
        kept.containsAll(List.of(first.id(), second.id())), "a message was lost by the kill");
    story.more("ready after %s; accounts and messages are there".formatted(HumanTime.length(took)));
    return took;
  }

  private int refuseAgain(Person bob, SentMessage first, OfflineSolving solving)
      throws IOException {
    boolean refused = first.isRefusedTo(bob);
    story.more(
        refused
            ? "Bob asks for the first message again, at %s: refused.".formatted(clock(bob.now()))
            : "Meanwhile the first message's time has come.");
    story.more("Solving the second is at %.0f%%.".formatted(solving.percent()));
    return refused ? 1 : 0;
  }

  private Duration release(Person bob, SentMessage first) throws IOException {
    story.step("Bob's mailbox waits for the release ...");
    Instant deadline = bob.now().plus(UNTIL_RELEASE).plus(LATEST_RELEASE);
    while (!isReleased(bob, first)) {
      story.goOn();
      Fault.unless(bob.now().isBefore(deadline), "the release does not come");
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ReadOutcome outcome = bob.tidelock().reading().read(first.id(), text);
    Duration after = Duration.between(first.unlockAt(), bob.now());
    first.requireSame(outcome, text.toByteArray());
    Fault.unless(!after.isNegative(), "the message was opened before its time");
    story.more("\"%s\"".formatted(TO_RELEASE.strip()));
    story.more("Opened by release, %s after its time.".formatted(HumanTime.length(after)));
    return after;
  }

  private static boolean isReleased(Person bob, SentMessage first) throws IOException {
    List<Mailbox.Item> items = Person.granted(bob.tidelock().inbox().next(LONG_POLL));
    if (!items.isEmpty()) {
      Person.granted(bob.tidelock().inbox().acknowledge(items));
    }
    return items.stream()
        .anyMatch(
            item -> item.kind() == Mailbox.Kind.RELEASED && item.message().equals(first.id()));
  }

  private MessageFacts.Solved solve(SentMessage second, OfflineSolving solving) throws IOException {
    story.step("Bob solves the second, with no server: at %.0f%% ...".formatted(solving.percent()));
    while (!solving.isDone()) {
      story.pause();
    }
    second.requireSame(solving.outcome(), solving.text());
    MessageFacts.Solved solved =
        new MessageFacts.Solved(
            solving.squarings(), second.solvingTime(), solving.took(), solving.errorsCaught());
    story.more("\"%s\"".formatted(TO_SOLVE.strip()));
    story.more(
        "Opened by %s squarings. Promised %s, taken %s."
            .formatted(
                Counts.grouped(solved.squarings()),
                HumanTime.length(solved.promised()),
                HumanTime.length(solved.taken())));
    return solved;
  }

  private interface Work {
    void done() throws IOException;
  }

  private static Duration timed(Work work) throws IOException {
    long begin = System.nanoTime();
    work.done();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private String clock(Instant at) {
    return at.atZone(invocation.console().zone()).format(CLOCK);
  }
}
