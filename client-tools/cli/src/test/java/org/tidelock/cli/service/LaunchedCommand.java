package org.tidelock.cli.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process of the real launcher, whose two streams go to files. */
public final class LaunchedCommand implements AutoCloseable {

  private static final long LONGEST_WAIT_SECONDS = 300;

  private final Process process;
  private final Path out;
  private final Path err;

  private LaunchedCommand(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts {@code tidelock} with arguments, with {@code home} as its home. */
  public static LaunchedCommand start(
      Path home, Map<String, String> environment, String input, String... arguments)
      throws IOException {
    Path streams = Files.createDirectories(Path.of(home + "-streams"));
    Path out = Files.createTempFile(streams, arguments[0] + "-", ".out");
    Path err = Files.createTempFile(streams, arguments[0] + "-", ".err");
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("--default-signal=INT");
    command.add(Path.of("..", "..", "tidelock").toAbsolutePath().normalize().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(streams.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDELOCK"));
    builder.environment().put("TIDELOCK_HOME", home.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return new LaunchedCommand(process, out, err);
  }

  /** What it has written to standard output so far. */
  public String out() throws IOException {
    return Files.readString(out);
  }

  /** What it has written to standard error so far. */
  public String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits until standard output is as it should be. */
  public String awaitOut(Predicate<String> enough) throws IOException, InterruptedException {
    return await(out, enough);
  }

  /** Waits until standard error is as it should be. */
  public String awaitErr(Predicate<String> enough) throws IOException, InterruptedException {
    return await(err, enough);
  }

  private String await(Path stream, Predicate<String> enough)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    while (System.nanoTime() < deadline) {
      String said = Files.readString(stream);
      if (enough.test(said)) {
        return said;
      }
      if (!process.isAlive()) {
        throw new AssertionError("it ended: " + out() + err());
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("it did not come: " + out() + err());
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end: " + out() + err());
    }
    return process.exitValue();
  }

  /** Sends a signal, such as {@code TERM}. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Ends it, if it runs still. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
