package org.tidelock.engine.calibrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.tidelock.engine.kernel.select.KernelSelector;

/**
 * What a calibration holds for: another CPU, JDK or version of the program makes it stale, and so
 * do kernels that came or went, such as libgmp installed since.
 *
 * @param cpu the CPU's name as the system gives it, with architecture and number of processors
 * @param jdk vendor and version of the Java runtime
 * @param version the program's version
 * @param kernels names of the kernels that run here for 2048 bits, separated by blanks
 */
public record Machine(String cpu, String jdk, String version, String kernels) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The machine this program runs on. */
  public static Machine here(String version, KernelSelector selector) {
    String cpu =
        "%s, %s, %d processors"
            .formatted(
                cpuName(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    String jdk =
        "%s %s".formatted(System.getProperty("java.vendor"), System.getProperty("java.vm.version"));
    return new Machine(cpu, jdk, version, String.join(" ", selector.namesFor(2048)));
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
