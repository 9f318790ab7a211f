package org.tidelock.service.db;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What the embedded PostgreSQL is started with, above anything that its files say. What it has
 * confirmed it keeps. It buffers more than its default, which is made for small machines: the
 * indexes over random ids are written to in every place, and each page that is not in its buffers
 * is copied, checked and given up again. Between checkpoints, each page that is written to for the
 * first time goes to the log as a whole; so there are few of them.
 */
final class PostgresSettings {

  private static final long MIB = 1024 * 1024;
  private static final long MIN_BUFFERS = 128 * MIB;
  private static final long MAX_BUFFERS = 2048 * MIB;

  /** One part in so many of the memory is for buffers; the service and its programs need some. */
  private static final int SHARE = 8;

  private static final String ALWAYS =
      "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
          + " -c password_encryption=scram-sha-256 -c listen_addresses=127.0.0.1"
          + " -c unix_socket_directories='' -c logging_collector=off -c log_statement=none"
          + " -c max_wal_size=4GB -c checkpoint_timeout=15min";

  private PostgresSettings() {}

  /** The options of the server's command line. */
  static String options(int port) {
    return String.format(
        Locale.ROOT, "%s -c shared_buffers=%dMB -c port=%d", ALWAYS, buffers(memory()) / MIB, port);
  }

  /**
   * How much of a machine's memory the buffers may take. They take it as they fill.
   *
   * @param memory in bytes
   * @return in bytes
   */
  static long buffers(long memory) {
    return Math.clamp(memory / SHARE, MIN_BUFFERS, MAX_BUFFERS);
  }

  /** That of the machine, or of the container. */
  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
