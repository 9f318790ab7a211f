package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** People who send to one another and take what comes, all at once, until they are told to stop. */
final class Load implements AutoCloseable {

  private static final int PEOPLE = 4;
  private static final Duration LAST_DELIVERIES = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 100;

  private final Ledger ledger;
  private final List<Correspondent> people;
  private final ExecutorService executor = Executors.newFixedThreadPool(PEOPLE);
  private final List<Future<?>> working = new ArrayList<>();
  private final AtomicInteger senders = new AtomicInteger();
  private volatile boolean sending;
  private volatile boolean receiving;

  private Load(Ledger ledger, List<Correspondent> people) {
    this.ledger = ledger;
    this.people = people;
  }

  /** People who are new to a service. They do nothing yet. */
  static Load of(ServerNode service, Path homes, Ledger ledger, long seed) throws IOException {
    List<Correspondent> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Person person = Person.register(service, homes, "person" + i, InstantSource.system());
      people.add(new Correspondent(person, ledger, seed + i));
    }
    return new Load(ledger, people);
  }

  /** From now on they send and receive, at these nodes. */
  Load at(List<String> addresses) throws IOException {
    sending = true;
    receiving = true;
    senders.set(people.size());
    for (Correspondent person : people) {
      person.through(addresses);
      working.add(executor.submit(() -> work(person)));
    }
    return this;
  }

  /** From now on they only receive. */
  void stopSending() {
    sending = false;
  }

  /** They stop, whatever they have not received. */
  void stop() throws InterruptedException, ExecutionException {
    sending = false;
    receiving = false;
    for (Future<?> person : working) {
      person.get();
    }
    working.clear();
  }

  /** Until everything that was acknowledged has come, then they stop. */
  void awaitDeliveries() throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + LAST_DELIVERIES.toNanos();
    while ((senders.get() > 0 || !ledger.isComplete()) && System.nanoTime() < deadline) {
      requireAtWork();
      Thread.sleep(PAUSE_MILLIS);
    }
    stop();
  }

  /** Fails with what somebody failed with. */
  void requireAtWork() throws InterruptedException, ExecutionException {
    for (Future<?> person : working) {
      if (person.isDone()) {
        person.get();
      }
    }
  }

  /**
   * Sends again what was answered after a retry already, of which the ledger compares the receipts;
   * and asks for the receipts of all.
   */
  void requireSameReceipts() throws IOException {
    for (Correspondent person : people) {
      person.retryOnceMore();
      person.requireSameReceipts(ledger.acknowledged());
    }
  }

  @Override
  public void close() {
    sending = false;
    receiving = false;
    executor.close();
    people.forEach(Correspondent::close);
  }

  private Void work(Correspondent person) throws IOException, InterruptedException {
    List<Correspondent> others = people.stream().filter(other -> other != person).toList();
    while (sending) {
      person.sendAndReceive(others.stream().map(Correspondent::name).toList());
    }
    senders.decrementAndGet();
    while (receiving) {
      person.receive();
      Thread.sleep(PAUSE_MILLIS);
    }
    return null;
  }
}
