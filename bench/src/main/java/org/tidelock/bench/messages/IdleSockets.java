package org.tidelock.bench.messages;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.bench.service.ServerMemory;
import org.tidelock.bench.service.ServiceUnderLoad;
import org.tidelock.bench.service.User;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.connection.EventSocket;
import org.tidelock.sdk.connection.ServerConnection;

/** Sockets of events that nothing comes over but pings, and what the server needs for them. */
final class IdleSockets {

  /** Longer than the server's ping interval: each socket has been pinged, and has answered. */
  private static final Duration SETTLED = Duration.ofSeconds(20);

  private static final int OPENERS = 8;
  private static final int OTHER_FILES = 500;

  private final ServiceUnderLoad service;

  IdleSockets(ServiceUnderLoad service) {
    this.service = service;
  }

  /**
   * What the server had in memory, without the sockets and with them.
   *
   * @param heapBytesEach by how much a socket makes the heap larger
   * @param residentBytesEach by how much it makes the process larger
   */
  record Measured(
      int sockets,
      ServerMemory before,
      ServerMemory after,
      double heapBytesEach,
      double residentBytesEach) {

    static Measured of(int sockets, ServerMemory before, ServerMemory after) {
      return new Measured(
          sockets,
          before,
          after,
          (double) (after.heapBytes() - before.heapBytes()) / sockets,
          (double) (after.residentBytes() - before.residentBytes()) / sockets);
    }
  }

  /** How many files a process may have open, which each of its sockets is. */
  static long filesAllowed() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** How many of them these sockets take, of this process as of the server's. */
  static long filesNeeded(int sockets) {
    return sockets + (long) OTHER_FILES;
  }

  /** Opens sockets by the client library, each of an account of its own, and looks. */
  Measured measure(int sockets, AccountName sample) throws IOException {
    Queue<SeededLogins.Login> logins =
        new ConcurrentLinkedQueue<>(SeededLogins.seed(service.database(), sample, sockets));
    Queue<EventSocket> open = new ConcurrentLinkedQueue<>();
    try (ServerConnection connection = service.connect()) {
      try {
        ServerMemory before = service.memory();
        open(connection, logins, open);
        System.err.printf("%d sockets are open%n", open.size());
        TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
        ServerMemory after = service.memory();
        requireOpen(open);
        return Measured.of(sockets, before, after);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        close(open);
      }
    }
  }

  private static void open(
      ServerConnection connection, Queue<SeededLogins.Login> logins, Queue<EventSocket> open)
      throws IOException {
    new ClosedLoop(OPENERS)
        .once(
            _ -> {
              for (SeededLogins.Login login = logins.poll(); login != null; login = logins.poll()) {
                open.add(
                    User.requireGranted(
                        connection.openSocket(
                            login.device(), "/v1/events", login.token(), _ -> {})));
              }
            });
  }

  private static void requireOpen(Queue<EventSocket> sockets)
      throws IOException, InterruptedException {
    int ended = 0;
    for (EventSocket socket : sockets) {
      ended += socket.awaitEnd(Duration.ZERO).isPresent() ? 1 : 0;
    }
    if (ended > 0) {
      throw new IOException("%d of %d sockets were closed".formatted(ended, sockets.size()));
    }
  }

  private static void close(Queue<EventSocket> sockets) throws IOException {
    List<EventSocket> all = List.copyOf(sockets);
    AtomicInteger next = new AtomicInteger();
    new ClosedLoop(OPENERS)
        .once(
            _ -> {
              for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
                all.get(i).close();
              }
            });
  }
}
