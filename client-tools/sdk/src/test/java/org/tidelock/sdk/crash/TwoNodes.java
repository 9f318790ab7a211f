package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Two server nodes on one PostgreSQL, each in a process of its own. */
final class TwoNodes implements AutoCloseable {

  /** What can be killed. */
  enum Victim {
    FIRST_NODE,
    POSTGRES,
    SECOND_NODE,
    PROCESS_OF_POSTGRES,
    EVERYTHING
  }

  private final Postgres postgres;
  private final ServerNode first;
  private final ServerNode second;

  private TwoNodes(Postgres postgres, ServerNode first, ServerNode second) {
    this.postgres = postgres;
    this.first = first;
    this.second = second;
  }

  /** All three, on new data in {@code folder}. */
  static TwoNodes startIn(Path folder) throws IOException {
    Postgres postgres = Postgres.startIn(folder.resolve("postgres"));
    ServerNode first = ServerNode.start(folder.resolve("first"), postgres);
    ServerNode second = ServerNode.like(first, folder.resolve("second"), postgres);
    return new TwoNodes(postgres, first, second);
  }

  ServerNode first() {
    return first;
  }

  Postgres postgres() {
    return postgres;
  }

  List<String> addresses() {
    return List.of(first.address(), second.address());
  }

  /** Kills as {@code kill -9} does. The others go on without it. */
  void kill(Victim victim, Random random) throws IOException {
    switch (victim) {
      case FIRST_NODE -> first.kill();
      case SECOND_NODE -> second.kill();
      case POSTGRES -> postgres.kill();
      case PROCESS_OF_POSTGRES -> postgres.killOneProcess(random);
      case EVERYTHING -> {
        postgres.kill();
        first.kill();
        second.kill();
      }
    }
  }

  /**
   * What an operator does afterwards: what is down starts again. A node whose database went stays.
   */
  void recover(Victim victim) throws IOException {
    switch (victim) {
      case FIRST_NODE -> first.restart(postgres);
      case SECOND_NODE -> second.restart(postgres);
      case POSTGRES -> postgres.restart();
      case PROCESS_OF_POSTGRES -> {}
      case EVERYTHING -> {
        postgres.restart();
        first.restart(postgres);
        second.restart(postgres);
      }
    }
    if (!first.isAlive() || !second.isAlive()) {
      throw new IOException("a node ended by itself after the end of " + victim);
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
    postgres.close();
  }
}
