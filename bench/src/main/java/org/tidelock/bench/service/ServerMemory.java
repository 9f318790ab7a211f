package org.tidelock.bench.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process has in memory.
 *
 * @param heapBytes of its heap, as much as is left after a full garbage collection
 * @param residentBytes of all its memory, as much as lies in RAM: what the heap has grown to at any
 *     time, buffers outside it, code and threads
 */
public record ServerMemory(long heapBytes, long residentBytes) {

  private static final Pattern USED = Pattern.compile("\\bused ([0-9]+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
  private static final long KIB = 1024;

  /** Collects the garbage of a process, and looks. It runs as the same user, on the same JDK. */
  static ServerMemory of(long pid) throws IOException {
    ask(pid, "GC.run");
    return new ServerMemory(
        heapBytes(ask(pid, "GC.heap_info")),
        residentBytes(Files.readString(Path.of("/proc", Long.toString(pid), "status"))));
  }

  /** What the heap's generations use, as HotSpot prints it, whichever collector it has. */
  static long heapBytes(String heapInfo) throws IOException {
    long kibibytes = 0;
    boolean found = false;
    for (String line : heapInfo.lines().map(String::strip).toList()) {
      Matcher used = USED.matcher(line);
      boolean classes = line.startsWith("Metaspace") || line.startsWith("class space");
      if (!classes && used.find()) {
        kibibytes += Long.parseLong(used.group(1));
        found = true;
      }
    }
    if (!found) {
      throw new IOException("the heap's size cannot be read from: " + heapInfo);
    }
    return kibibytes * KIB;
  }

  /** The resident set, from a process's {@code status} file. */
  static long residentBytes(String status) throws IOException {
    Matcher resident = RESIDENT.matcher(status);
    if (!resident.find()) {
      throw new IOException("the process has no VmRSS");
    }
    return Long.parseLong(resident.group(1)) * KIB;
  }

  private static String ask(long pid, String question) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                question)
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (jcmd.waitFor() != 0) {
        throw new IOException("jcmd %s failed: %s".formatted(question, answer));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return answer;
  }
}
