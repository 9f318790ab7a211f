package org.tidelock.sdk.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.solve.SolveListener;
import org.tidelock.engine.solve.StopSignal;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.ExportedMessage;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/**
 * Reads a message: after its release, by solving its puzzle, by a solution that somebody else
 * found, or from an exported file with no server at all. Each way ends in the same checks, and
 * writes a content only to be used if the outcome is {@link ReadOutcome.Opened}.
 */
public final class ReadMessage {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final ServerConnection connection;
  private final ClientHome home;
  private final OwnSession session;
  private final MessageProof proof;
  private final SealedContent contents;

  public ReadMessage(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
    this.session = new OwnSession(connection, home);
    this.proof = new MessageProof(connection.pin(), home);
    this.contents = new SealedContent(session);
  }

  /**
   * Opens a message that was released, or says when it will be.
   *
   * @throws LyingServerException if something of the message is not proven
   */
  public ReadOutcome read(MessageId id, OutputStream out) throws IOException {
    return switch (fetch(id)) {
      case Answer.Refused<Messages.Message>(Problem problem) -> new ReadOutcome.NotGiven(problem);
      case Answer.Granted<Messages.Message>(Messages.Message message) -> {
        MessageOpening opening = opening(message.sealed());
        Optional<String> obstacle = opening.obstacle();
        if (obstacle.isPresent()) {
          yield new ReadOutcome.Refused(obstacle.get());
        }
        if (message.opening().isEmpty()) {
          yield notYet(message);
        }
        yield withContent(
            message.sealed(),
            content -> opening.released(message.opening().getFirst(), content, out));
      }
    };
  }

  /**
   * Waits until the message is released, and opens it.
   *
   * @param deadline by the connection's clock: then it is {@link ReadOutcome.NotYet}
   */
  public ReadOutcome await(MessageId id, Instant deadline, OutputStream out) throws IOException {
    while (true) {
      ReadOutcome outcome = read(id, out);
      boolean mayCome =
          outcome instanceof ReadOutcome.NotYet(Messages.State state, Instant _)
              && state == Messages.State.WAITING;
      if (!mayCome || !connection.clock().instant().isBefore(deadline)) {
        return outcome;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return outcome;
      }
    }
  }

  /** Opens a message by solving its puzzle; goes on where it was stopped. */
  public ReadOutcome solve(MessageId id, SolveListener listener, StopSignal stop, OutputStream out)
      throws IOException {
    return bySolution(id, solution -> solution.solve(home.puzzles(), listener, stop), out);
  }

  /** Whoever finds x^(2^T) mod N of a puzzle, in whatever way. */
  @FunctionalInterface
  public interface Solver {

    /** Finds it; what is returned is checked before it is believed. */
    BigInteger solve(Puzzle puzzle) throws IOException;
  }

  /** Opens a message by what a solver finds, which is asked once all else is checked. */
  public ReadOutcome solve(MessageId id, Solver solver, OutputStream out) throws IOException {
    return bySolution(id, solution -> solution.ask(solver), out);
  }

  /** Opens a message by a solution that somebody found; it is checked before it is believed. */
  public ReadOutcome withSolution(MessageId id, BigInteger solution, OutputStream out)
      throws IOException {
    return bySolution(id, puzzle -> puzzle.open(solution), out);
  }

  /** Opens an exported message by solving, with no server. */
  public ReadOutcome solveExported(
      Path file, SolveListener listener, StopSignal stop, OutputStream out) throws IOException {
    return exported(file, solution -> solution.solve(home.puzzles(), listener, stop), out);
  }

  /** Opens an exported message by what a solver finds, with no server. */
  public ReadOutcome solveExported(Path file, Solver solver, OutputStream out) throws IOException {
    return exported(file, solution -> solution.ask(solver), out);
  }

  /** Opens an exported message by a solution that somebody found, with no server. */
  public ReadOutcome exportedWithSolution(Path file, BigInteger solution, OutputStream out)
      throws IOException {
    return exported(file, puzzle -> puzzle.open(solution), out);
  }

  private interface Solving {
    PuzzleSolution.Outcome solve(PuzzleSolution solution) throws IOException;
  }

  private interface Opening {
    ReadOutcome open(InputStream content) throws IOException;
  }

  private ReadOutcome bySolution(MessageId id, Solving solving, OutputStream out)
      throws IOException {
    return switch (fetch(id)) {
      case Answer.Refused<Messages.Message>(Problem problem) -> new ReadOutcome.NotGiven(problem);
      case Answer.Granted<Messages.Message>(Messages.Message message) ->
          bySolution(
              message.sealed(), solving, opened -> withContent(message.sealed(), opened), out);
    };
  }

  private interface Content {
    ReadOutcome with(Opening opening) throws IOException;
  }

  private ReadOutcome bySolution(
      Messages.Sealed sealed, Solving solving, Content content, OutputStream out)
      throws IOException {
    MessageOpening opening = opening(sealed);
    Optional<String> obstacle = opening.obstacle();
    if (obstacle.isPresent()) {
      return new ReadOutcome.Refused(obstacle.get());
    }
    if (sealed.puzzle().isEmpty()) {
      return new ReadOutcome.Refused("an immediate message has no puzzle");
    }
    Puzzle puzzle = ReceiptCheck.puzzle(sealed.envelope(), sealed.puzzle().getFirst());
    PuzzleSolution solution = new PuzzleSolution(puzzle);
    return switch (solving.solve(solution)) {
      case PuzzleSolution.Outcome.Interrupted(var report) -> new ReadOutcome.Interrupted(report);
      case PuzzleSolution.Outcome.None(String reason) -> new ReadOutcome.Refused(reason);
      case PuzzleSolution.Outcome.Found(SecretBytes challengeKey) -> {
        ReadOutcome outcome =
            content.with(encrypted -> opening.solved(challengeKey, encrypted, out));
        if (outcome instanceof ReadOutcome.Opened) {
          solution.forget(home.puzzles());
        }
        yield outcome;
      }
    };
  }

  private ReadOutcome exported(Path file, Solving solving, OutputStream out) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return switch (ExportedMessage.read(in)) {
        case ExportedMessage.Reading.Refused(String reason) ->
            new ReadOutcome.Refused("%s is no exported message: %s".formatted(file, reason));
        case ExportedMessage.Reading.Read(Messages.Sealed sealed) ->
            bySolution(sealed, solving, opening -> opening.open(in), out);
      };
    }
  }

  private Answer<Messages.Message> fetch(MessageId id) throws IOException {
    Answer<Messages.Message> answer =
        session.send(Request.get("/v1/messages/" + id), Messages.Message.class);
    if (answer instanceof Answer.Granted<Messages.Message>(Messages.Message message)
        && !message.sealed().envelope().message().equals(id)) {
      throw new LyingServerException("the server answers with another message");
    }
    return answer;
  }

  private MessageOpening opening(Messages.Sealed sealed) throws IOException {
    return new MessageOpening(sealed, proof.check(sealed), session.identity());
  }

  private static ReadOutcome notYet(Messages.Message message) {
    return new ReadOutcome.NotYet(
        message.state(), new EventLog(message.sealed().events()).releaseAt());
  }

  /** Downloads to a file first: what is decrypted is read once and may be long. */
  private ReadOutcome withContent(Messages.Sealed sealed, Opening opening) throws IOException {
    Path file = Files.createTempFile(home.puzzles(), "content-", ".partial");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        if (contents.download(sealed.envelope(), out)
            instanceof Answer.Refused<Long>(Problem problem)) {
          return new ReadOutcome.NotGiven(problem);
        }
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return opening.open(in);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
