package org.tidelock.engine.solve;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.puzzle.SquaringWork;

/**
 * Solves one puzzle: block after block of squarings, each checked before it counts, the verified
 * states kept on disk.
 *
 * <p>The result does not depend on kernel, interruptions or resumption: every run of the same work
 * ends in the same number. An instance serves one {@link #solve} call on one thread.
 */
public final class Solver {

  private static final int ATTEMPTS = 3;

  private final SquaringWork work;
  private final SolverSettings settings;
  private final CheckpointStore checkpoints;
  private final SolveListener listener;
  private final StopSignal stop;

  private final ModulusGuard guard;
  private final FaultInjector faults;
  private final BlockPlan plan;
  private final ProgressMeter meter;

  private long resumedFrom;
  private long position;
  private BigInteger value;
  private int errorsCaught;
  private int kernelSwitches;
  private int checkpointsSkipped;
  private long lastSave;
  private long savedPosition;

  /**
   * A solver of {@code work}.
   *
   * @param checkpoints where verified states go; stays open
   * @param stop ends the solve early: what is verified is saved within 100 ms
   */
  public Solver(
      SquaringWork work,
      SolverSettings settings,
      CheckpointStore checkpoints,
      SolveListener listener,
      StopSignal stop) {
    this.work = work;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.stop = stop;
    this.guard = new ModulusGuard(work.modulus());
    this.faults = new FaultInjector(settings.injectedErrors());
    this.plan = new BlockPlan(work.modulus(), settings.checkpointInterval());
    this.value = work.base();
    this.meter = new ProgressMeter(work.squarings(), kernel().name(), listener);
  }

  /**
   * Goes on from the last checkpoint, or begins, and works until done, stopped, or out of kernels.
   *
   * @throws IOException if the checkpoints cannot be read; failures to write them are told to the
   *     listener and do not end the work
   */
  public SolveOutcome solve() throws IOException {
    resume();
    listener.on(
        new SolveEvent.Started(
            kernel().name(), settings.kernels().reason(), position, work.squarings()));
    meter.begin(position, errorsCaught);
    try (KernelSession session = kernel().open(work.modulus())) {
      GerbiczBlock.Registers registers = GerbiczBlock.Registers.in(session);
      while (position < work.squarings()) {
        if (stop.requested()) {
          save();
          return new SolveOutcome.Interrupted(report());
        }
        if (!advance(registers, plan.next(work.squarings() - position))) {
          save();
          return new SolveOutcome.Abandoned(advice(), report());
        }
      }
    }
    save();
    listener.on(new SolveEvent.Finished(work.squarings(), meter.elapsed()));
    return new SolveOutcome.Solved(value, report());
  }

  private void resume() throws IOException {
    Optional<Checkpoint> latest =
        checkpoints.latest(
            (file, reason) -> {
              checkpointsSkipped++;
              listener.on(new SolveEvent.CheckpointSkipped(file, reason));
            });
    latest.ifPresent(
        checkpoint -> {
          position = checkpoint.position();
          value = checkpoint.state();
          errorsCaught = checkpoint.errorsCaught();
        });
    resumedFrom = position;
    savedPosition = position;
    lastSave = System.nanoTime();
  }

  /** Does one block, up to three times. False if it failed each time. */
  private boolean advance(GerbiczBlock.Registers registers, Block block) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      BlockResult result =
          attempt < ATTEMPTS ? timed(registers, block) : onStandIn(registers, block);
      switch (result) {
        case BlockResult.Verified(long squarings, BigInteger reached) -> {
          accept(squarings, reached);
          return true;
        }
        case BlockResult.Failed(String reason) -> {
          errorsCaught++;
          meter.rolledBack(errorsCaught);
          listener.on(
              new SolveEvent.ErrorCaught(position, position + block.squarings(), reason, attempt));
          registers.session().rebuildTables();
        }
      }
    }
    return false;
  }

  private BlockResult timed(GerbiczBlock.Registers registers, Block block) {
    long begin = System.nanoTime();
    BlockResult result = run(registers, block);
    if (result instanceof BlockResult.Verified verified) {
      plan.measured(verified.squarings(), System.nanoTime() - begin);
    }
    return result;
  }

  /** The third attempt goes to the next kernel, if there is one. */
  private BlockResult onStandIn(GerbiczBlock.Registers registers, Block block) {
    @Nullable SquaringKernel standIn =
        settings.kernels().order().stream().skip(1).findFirst().orElse(null);
    if (standIn == null) {
      return run(registers, block);
    }
    kernelSwitches++;
    listener.on(new SolveEvent.KernelSwitched(kernel().name(), standIn.name(), position));
    try (KernelSession session = standIn.open(work.modulus())) {
      return run(GerbiczBlock.Registers.in(session), block);
    }
  }

  private BlockResult run(GerbiczBlock.Registers registers, Block block) {
    return switch (block) {
      case Block.Checked checked ->
          new GerbiczBlock(registers, guard, faults)
              .run(checked, position, value, stop, done -> meter.reached(position + done));
      case Block.Twice twice ->
          new TwiceBlock(registers, guard, faults).run(twice, position, value);
    };
  }

  private void accept(long squarings, BigInteger reached) {
    position += squarings;
    value = reached;
    meter.verified(position);
    if (saveDue()) {
      save();
    }
  }

  /**
   * From half an interval after the last save on: blocks sized to an interval are all saved, the
   * short ones at the start are not.
   */
  private boolean saveDue() {
    return System.nanoTime() - lastSave >= settings.checkpointInterval().toNanos() / 2;
  }

  private void save() {
    if (position == savedPosition) {
      return;
    }
    lastSave = System.nanoTime();
    try {
      checkpoints.save(new Checkpoint(work.id(), work.squarings(), position, value, errorsCaught));
      savedPosition = position;
      listener.on(new SolveEvent.CheckpointSaved(position));
    } catch (IOException e) {
      listener.on(new SolveEvent.CheckpointFailed(position, String.valueOf(e.getMessage())));
    }
  }

  private SquaringKernel kernel() {
    return settings.kernels().chosen();
  }

  private String advice() {
    return """
        the block after squaring %d failed its check %d times, at last on another kernel; \
        this machine computes wrongly: test its memory and cooling, then run again (the last \
        verified state is saved), or copy %s to another machine"""
        .formatted(position, ATTEMPTS, checkpoints.folder());
  }

  private SolveReport report() {
    Duration elapsed = meter.elapsed();
    return new SolveReport(
        resumedFrom,
        position,
        savedPosition,
        work.squarings(),
        errorsCaught,
        kernelSwitches,
        checkpointsSkipped,
        elapsed,
        kernel().name());
  }
}
