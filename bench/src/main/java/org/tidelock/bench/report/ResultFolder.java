package org.tidelock.bench.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** The folder that results are written to; each file appears whole or not at all. */
public final class ResultFolder {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));

  private final Path folder;

  /** The folder at {@code folder}, made when first written to. */
  public ResultFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes {@code text} to the file {@code name}. */
  public void write(String name, String text) throws IOException {
    Files.createDirectories(folder);
    Path temporary = folder.resolve(name + ".tmp");
    Files.writeString(temporary, text);
    Files.move(temporary, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    System.err.println("wrote " + folder.resolve(name));
  }

  /** Writes a record as indented JSON to the file {@code name}. */
  public void writeJson(String name, Record result) throws IOException {
    DefaultIndenter lineFeeds = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lineFeeds).withArrayIndenter(lineFeeds);
    write(name, JSON.writer(printer).writeValueAsString(result) + "\n");
  }
}
