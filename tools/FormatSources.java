import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.ImportOrderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds every Java source to google-java-format, run by the build on JDK 25 whatever runs Maven.
 *
 * <p>{@code check ROOT} names the files that differ and fails; {@code apply ROOT} rewrites them.
 */
public final class FormatSources {

  private static final JavaFormatterOptions OPTIONS =
      JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build();

  public static void main(String[] args) throws Exception {
    boolean apply =
        switch (args[0]) {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("usage: check|apply ROOT");
        };
    int differing = 0;
    for (Path file : sources(Path.of(args[1]))) {
      String before = Files.readString(file);
      String after = format(file, before);
      if (!after.equals(before)) {
        differing++;
        System.err.println((apply ? "formatted " : "not formatted: ") + file);
        if (apply) {
          Files.writeString(file, after);
        }
      }
    }
    if (differing > 0 && !apply) {
      System.err.println("run: mvn -q validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static String format(Path file, String source) throws Exception {
    try {
      String imports = RemoveUnusedImports.removeUnusedImports(source);
      String ordered = ImportOrderer.reorderImports(imports, JavaFormatterOptions.Style.GOOGLE);
      return new Formatter(OPTIONS).formatSource(ordered);
    } catch (Exception e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> root.relativize(f).toString().contains("src/"))
          .filter(f -> !root.relativize(f).toString().contains("target/"))
          .sorted()
          .toList();
    }
  }
}
