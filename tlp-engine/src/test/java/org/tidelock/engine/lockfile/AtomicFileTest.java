package org.tidelock.engine.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void appearsOnCommit() throws IOException {
    Path target = folder.resolve("new");
    try (AtomicFile file = AtomicFile.create(target)) {
      file.out().write(1);
      assertThat(target).doesNotExist();
      file.commit();
    }
    assertThat(target).hasBinaryContent(new byte[] {1});
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void leavesNothingBehindWithoutCommit() throws IOException {
    try (AtomicFile file = AtomicFile.create(folder.resolve("new"))) {
      file.out().write(1);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsTheOldFileWithoutCommit() throws IOException {
    Path target = Files.writeString(folder.resolve("old"), "old");
    try (AtomicFile file = AtomicFile.create(target)) {
      file.out().write(new byte[100_000]);
    }
    assertThat(target).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void replacesTheOldFileOnCommit() throws IOException {
    Path target = Files.writeString(folder.resolve("old"), "old");
    try (AtomicFile file = AtomicFile.create(target)) {
      file.out().write('n');
      file.commit();
    }
    assertThat(target).hasContent("n");
  }

  @Test
  void followsALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    try (AtomicFile file = AtomicFile.create(link)) {
      file.out().write('n');
      file.commit();
    }
    assertThat(real).hasContent("n");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void writesStraightToADevice() throws IOException {
    Path device = Path.of("/dev/null");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device));
    try (AtomicFile file = AtomicFile.create(device)) {
      file.out().write(1);
      file.commit();
    }
    assertThat(device).exists();
  }

  @Test
  void needsItsFolder() {
    assertThatThrownBy(() -> AtomicFile.create(folder.resolve("missing/new")))
        .isInstanceOf(IOException.class);
  }
}
