package org.tidelock.service.kek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

class KekFileTest {

  private static final Canonical IDENTITY = new Canonical("tidelock/v1/test").text("a row");

  @TempDir Path folder;

  @Test
  void opensWhatWasSealedForTheSameRowOnly() throws IOException {
    KekFile file = KekFile.in(folder.resolve("keks"));
    Kek kek = file.newest();
    Bytes row = RandomBytes.ofLength(16);
    byte[] secret = "a wrapped key".getBytes(StandardCharsets.US_ASCII);
    Bytes sealed = kek.seal(row, IDENTITY, SecretBytes.copyOf(secret));

    assertThat(((Opening.Opened) kek.open(row, IDENTITY, sealed)).plaintext().revealCopy())
        .isEqualTo(secret);
    Canonical other = new Canonical("tidelock/v1/test").text("another row");
    assertThat(kek.open(row, other, sealed)).isInstanceOf(Opening.Refused.class);
    assertThat(kek.open(RandomBytes.ofLength(16), IDENTITY, sealed))
        .isInstanceOf(Opening.Refused.class);
    assertThat(file.add().open(row, IDENTITY, sealed)).isInstanceOf(Opening.Refused.class);
    for (int i = 0; i < sealed.length(); i++) {
      byte[] changed = sealed.toArray();
      changed[i] ^= 1;
      assertThat(kek.open(row, IDENTITY, Bytes.of(changed))).isInstanceOf(Opening.Refused.class);
    }
    assertThat(kek.open(row, IDENTITY, Bytes.of(new byte[27]))).isInstanceOf(Opening.Refused.class);
    assertThat(kek.seal(row, IDENTITY, SecretBytes.copyOf(secret))).isNotEqualTo(sealed);
  }

  @Test
  void isReadableByItsUserAloneAndTheSameAfterAnotherStart() throws IOException {
    Path path = folder.resolve("keks");
    KekId first = KekFile.in(path).newest().id();
    assertThat(KekFile.in(path).newest().id()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    KekFile.in(path).add();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void findsAKeyThatAnotherProcessAdded() throws IOException {
    Path path = folder.resolve("keks");
    KekFile here = KekFile.in(path);
    KekId added = KekFile.in(path).add().id();
    assertThat(here.withId(added)).isPresent();
    assertThat(here.newest().id()).isEqualTo(added);
  }

  @Test
  void forgetsKeysAndNeverTheLast() throws IOException {
    Path path = folder.resolve("keks");
    KekFile file = KekFile.in(path);
    KekId old = file.newest().id();
    KekId fresh = file.add().id();
    file.retainOnly(List.of(fresh));
    assertThat(KekFile.in(path).withId(old)).isEmpty();
    assertThatThrownBy(() -> file.retainOnly(List.of(old)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(KekFile.in(path).withId(fresh)).isPresent();
  }

  @Test
  void namesALineThatIsNoKeyWithoutRepeatingIt() throws IOException {
    Path path = folder.resolve("keks");
    KekFile.in(path).add();
    Files.writeString(path, Files.readString(path) + "sesame\n");
    assertThatThrownBy(() -> KekFile.in(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 3 of")
        .hasMessageContaining("is no key")
        .hasMessageNotContaining("sesame");
  }
}
