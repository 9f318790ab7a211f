package org.tidelock.service.http;

import java.time.InstantSource;
import org.tidelock.protocol.signing.RequestVerifier;
import org.tidelock.service.db.Database;
import org.tidelock.service.work.CpuWork;

/** What every request passes: made once for a service and shared by its listeners. */
public final class Gates {

  private final CpuWork cpu;
  private final RateLimits limits;
  private final RequestSignatures signatures;
  private final ReplyWriter replies;

  /**
   * Gates of one service.
   *
   * @param rateLimitFactor by which every {@link Limit} is multiplied
   */
  public Gates(
      Database database,
      CpuWork cpu,
      ServerIdentity identity,
      InstantSource clock,
      int rateLimitFactor) {
    this.cpu = cpu;
    this.limits = new RateLimits(database, clock, rateLimitFactor);
    this.signatures = new RequestSignatures(new RequestVerifier(identity.id(), clock), cpu);
    this.replies = new ReplyWriter(identity, cpu);
  }

  /** Limits, for what only a use case can count by. */
  public RateLimits limits() {
    return limits;
  }

  CpuWork cpu() {
    return cpu;
  }

  RequestSignatures signatures() {
    return signatures;
  }

  ReplyWriter replies() {
    return replies;
  }
}
