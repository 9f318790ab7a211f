package org.tidelock.bench.parts;

import java.io.IOException;
import java.time.Duration;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;

/** How many signatures this machine checks a second, on all its cores. */
public final class Verifications {

  private final SigningKey key = SigningKey.generate();
  private final Canonical statement =
      new Canonical("tidelock/v1/login").text("load").bytes(new byte[128]);
  private final Signature signature = key.sign(statement);

  /** Verifies for this long. */
  public double perSecond(ClosedLoop cores, Duration duration) throws IOException {
    return cores.perSecond(
        duration,
        _ -> {
          if (!key.publicKey().verifies(statement, signature)) {
            throw new IOException("a right signature was refused");
          }
        });
  }
}
