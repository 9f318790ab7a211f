package org.tidelock.sdk.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program of this build in a process of its own, as an operator runs it. */
final class Program implements AutoCloseable {

  static final int PATIENCE_SECONDS = 90;

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /**
   * Starts a program, and returns once it has written what it is awaited to.
   *
   * @param output the file that its output is appended to
   * @param environment beside what this process has
   */
  static Program start(
      String mainClass,
      String awaited,
      Path output,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    Files.createDirectories(output.getParent());
    long before = output.toFile().length();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    Program program = new Program(builder.start());
    Pattern line = Pattern.compile(awaited);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!line.matcher(Files.readString(output).substring((int) before)).find()) {
      if (!program.isAlive() || System.nanoTime() > deadline) {
        program.kill();
        throw new IOException(
            "%s did not start: %s".formatted(mainClass, Files.readString(output)));
      }
      pause();
    }
    return program;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As {@code kill} does: it finishes what it began. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process %d does not end".formatted(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Between two looks at something that is awaited. */
  static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
