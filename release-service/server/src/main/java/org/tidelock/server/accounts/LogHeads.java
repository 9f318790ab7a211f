package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.keylog.KeyLogHead;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/** Signs heads of the key log; while it does not grow, one a second is enough. Thread-safe. */
final class LogHeads {

  private static final Duration LIFETIME = Duration.ofSeconds(1);

  private final ServerIdentity server;
  private final CpuWork cpu;
  private final AtomicReference<@Nullable KeyLogHead> newest = new AtomicReference<>();

  LogHeads(ServerIdentity server, CpuWork cpu) {
    this.server = server;
    this.cpu = cpu;
  }

  /** A head signed now, or within the second before. */
  KeyLogHead head(long size, Bytes root, Instant now) {
    KeyLogHead known = newest.get();
    if (known != null
        && known.size() == size
        && known.root().equals(root)
        && !known.createdAt().isAfter(now)
        && known.createdAt().plus(LIFETIME).isAfter(now)) {
      return known;
    }
    KeyLogHead signed =
        cpu.runBriefly(() -> KeyLogHead.sign(server.id(), server.key(), size, root, now));
    newest.set(signed);
    return signed;
  }
}
