package org.tidelock.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.solve.SolveEvent;
import org.tidelock.engine.solve.SolveProgress;
import org.tidelock.engine.solve.StopSignal;
import org.tidelock.sdk.Tidelock;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;

/**
 * Somebody who opens an exported message by solving, in the background, with no server: what looks
 * like a connection leads to a port where nobody listens.
 */
final class OfflineSolving implements AutoCloseable {

  private static final String NOBODY = "https://localhost:1";

  private final ServerConnection nowhere;
  private final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final CompletableFuture<ReadOutcome> outcome = new CompletableFuture<>();
  private final Thread solver;
  private volatile @Nullable SolveProgress latest;
  private volatile SolveEvent.Finished finished = new SolveEvent.Finished(0, Duration.ZERO);

  private OfflineSolving(Tidelock owner, Path exported) {
    ServerPin pin = owner.connection().pin();
    this.nowhere =
        ServerConnection.to(
            new ServerPin(NOBODY, pin.certificate(), pin.info()), owner.connection().clock());
    ReadMessage reading = new ReadMessage(nowhere, owner.home());
    this.solver =
        Thread.ofPlatform().daemon().name("solver").unstarted(() -> solve(reading, exported));
  }

  /** Begins. */
  static OfflineSolving begin(Tidelock owner, Path exported) {
    OfflineSolving solving = new OfflineSolving(owner, exported);
    solving.solver.start();
    return solving;
  }

  private void solve(ReadMessage reading, Path exported) {
    try {
      outcome.complete(reading.solveExported(exported, this::heard, stop, text));
    } catch (IOException | RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private void heard(SolveEvent event) {
    if (event instanceof SolveEvent.Progressed(SolveProgress progress)) {
      latest = progress;
    }
    if (event instanceof SolveEvent.Finished end) {
      finished = end;
    }
  }

  boolean isDone() {
    return outcome.isDone();
  }

  /** The part done, in percent. */
  double percent() {
    SolveProgress progress = latest;
    return isDone() ? 100 : progress == null ? 0 : 100 * progress.fraction();
  }

  /** Errors in the squarings that were caught and rolled back. */
  int errorsCaught() {
    SolveProgress progress = latest;
    return progress == null ? 0 : progress.errorsCaught();
  }

  /** How many squarings it was, once it is done. */
  long squarings() {
    return finished.squarings();
  }

  /** How long they took, once it is done. */
  Duration took() {
    return finished.elapsed();
  }

  /** What came of it, once it is done. */
  ReadOutcome outcome() throws IOException {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException trouble) {
        throw trouble;
      }
      throw e;
    }
  }

  /** What was opened. */
  byte[] text() {
    return text.toByteArray();
  }

  @Override
  public void close() {
    stop.request();
    try {
      solver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    nowhere.close();
  }
}
