package org.tidelock.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Where and with what a measurement was made: enough to repeat it, nothing that names a machine.
 *
 * @param command the command as typed
 * @param date when it began, in UTC
 * @param cpu the CPU's name as the system gives it
 * @param cpus how many of them, whatever this process is pinned to
 * @param pinnedTo which of them it may use
 * @param os the system's name and the kernel's version
 * @param jdk the Java runtime
 * @param revision the source revision, with {@code -dirty} where files were changed
 * @param compiler what compiled the C parts
 * @param loadAtStart runnable processes on average over the minute before; above 0.5 the machine
 *     was busy with other things. Negative where unknown
 */
public record Environment(
    String command,
    Instant date,
    String cpu,
    int cpus,
    String pinnedTo,
    String os,
    String jdk,
    String revision,
    String compiler,
    double loadAtStart) {

  /** The machine this runs on, now. */
  public static Environment of(String command, InstantSource clock) {
    List<String> cpuInfo = lines("/proc/cpuinfo");
    List<String> status = lines("/proc/self/status");
    return new Environment(
        command,
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        field(cpuInfo, "model name", ':', "unnamed CPU"),
        (int) cpuInfo.stream().filter(line -> line.startsWith("processor")).count(),
        field(status, "Cpus_allowed_list", ':', "any"),
        "%s, %s %s"
            .formatted(
                field(lines("/etc/os-release"), "PRETTY_NAME", '=', "unnamed system"),
                System.getProperty("os.name"),
                version(System.getProperty("os.version"))),
        "%s %s".formatted(System.getProperty("java.vendor"), System.getProperty("java.vm.version")),
        System.getProperty("tidelock.bench.revision", "unknown"),
        System.getProperty("tidelock.bench.compiler", "unknown"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** A list in Markdown, one item a line. */
  public String toMarkdown() {
    return """
        - command: `%s`
        - date: %s
        - CPU: %s, %d of them, pinned to number %s
        - system: %s
        - JDK: %s
        - revision: %s
        - C compiler: %s
        - load of the machine in the minute before: %s
        """
        .formatted(
            command,
            date,
            cpu,
            cpus,
            pinnedTo,
            os,
            jdk,
            revision,
            compiler,
            String.format(Locale.ROOT, "%.2f", loadAtStart));
  }

  /** The leading numbers of a version: what a vendor adds to it tells of the machine's owner. */
  static String version(String full) {
    return full.replaceFirst("^(\\d+(\\.\\d+)*).*$", "$1");
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String field(
      List<String> lines, String name, char separator, String whereMissing) {
    Function<String, String> value =
        line -> line.substring(line.indexOf(separator) + 1).replace("\"", "").strip();
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.indexOf(separator) >= 0)
        .findFirst()
        .map(value)
        .orElse(whereMissing);
  }
}
