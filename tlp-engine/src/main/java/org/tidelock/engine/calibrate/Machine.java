package org.tidelock.engine.calibrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a calibration holds for: another CPU, JDK or version of the program makes it stale.
 *
 * @param cpu the CPU's name as the system gives it, with architecture and number of processors
 * @param jdk vendor and version of the Java runtime
 * @param version the program's version
 */
public record Machine(String cpu, String jdk, String version) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The machine this program runs on. */
  public static Machine here(String version) {
    String cpu =
        "%s, %s, %d processors"
            .formatted(
                cpuName(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    String jdk =
        "%s %s".formatted(System.getProperty("java.vendor"), System.getProperty("java.vm.version"));
    return new Machine(cpu, jdk, version);
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unnamed CPU");
    } catch (IOException e) {
      return "unnamed CPU";
    }
  }
}
