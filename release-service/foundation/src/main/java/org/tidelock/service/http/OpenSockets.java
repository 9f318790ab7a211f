package org.tidelock.service.http;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;

/** The sockets that are open on this node. Thread-safe. */
public final class OpenSockets {

  /** How long the topics may take to hear that all sockets close. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Map<Bytes, Socket> sockets = new ConcurrentHashMap<>();
  private final Map<String, Set<Socket>> byAccount = new ConcurrentHashMap<>();
  private boolean leaving;

  /** The socket with this id, if it is on this node. */
  public Optional<Socket> withId(Bytes id) {
    return Optional.ofNullable(sockets.get(id));
  }

  /** Those of an account, as its id is written. */
  public Collection<Socket> of(String account) {
    return byAccount.getOrDefault(account, Set.of());
  }

  /** All of them, as they are now. */
  public Collection<Socket> all() {
    return List.copyOf(sockets.values());
  }

  /**
   * Closes all, takes no more, and returns when their topics know. Called before the port closes.
   */
  public synchronized void leave() {
    leaving = true;
    all().forEach(socket -> socket.close(Socket.Ending.GOING));
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      for (long left = GRACE.toNanos(); left > 0 && !sockets.isEmpty(); ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds a socket; false if this node takes no more. */
  synchronized boolean add(Socket socket) {
    if (!leaving) {
      sockets.put(socket.id(), socket);
      byAccount.merge(account(socket), Set.of(socket), OpenSockets::union);
    }
    return !leaving;
  }

  synchronized void remove(Socket socket) {
    sockets.remove(socket.id());
    byAccount.computeIfPresent(account(socket), (account, those) -> without(those, socket));
    notifyAll();
  }

  private static String account(Socket socket) {
    return socket.principal().accountId().toString();
  }

  private static Set<Socket> union(Set<Socket> some, Set<Socket> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** Null if none is left: then the map has no entry any more. */
  private static @Nullable Set<Socket> without(Set<Socket> those, Socket socket) {
    Set<Socket> left =
        those.stream().filter(other -> other != socket).collect(Collectors.toUnmodifiableSet());
    return left.isEmpty() ? null : left;
  }
}
