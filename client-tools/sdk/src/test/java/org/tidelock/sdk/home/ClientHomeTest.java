package org.tidelock.sdk.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.RandomBytes;

class ClientHomeTest {

  private static final StoredPeople PEOPLE =
      new StoredPeople(List.of(new StoredPeople.Head(7, RandomBytes.ofLength(32))), List.of());

  @Test
  void givesBackWhatItKept(@TempDir Path folder) throws IOException {
    ClientHome.in(folder).keep(PEOPLE);

    assertThat(ClientHome.in(folder).people()).isEqualTo(PEOPLE);
    assertThat(ClientHome.in(folder).identity()).isEmpty();
  }

  @Test
  void everyFlippedBitIsNoticed(@TempDir Path folder) throws IOException {
    ClientHome home = ClientHome.in(folder);
    home.keep(PEOPLE);
    Path file = folder.resolve("people");
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      assertThatThrownBy(home::people)
          .as("byte %d", i)
          .isInstanceOf(DamagedHomeException.class)
          .hasMessageContaining("people is damaged");
    }
  }

  @Test
  void oneFileDoesNotPassAsAnother(@TempDir Path folder) throws IOException {
    ClientHome home = ClientHome.in(folder);
    home.keep(PEOPLE);
    Files.move(folder.resolve("people"), folder.resolve("identity"));

    assertThatThrownBy(home::identity).isInstanceOf(DamagedHomeException.class);
  }

  @Test
  void anotherHomesFileIsNotTaken(@TempDir Path folder, @TempDir Path other) throws IOException {
    ClientHome.in(folder).keep(PEOPLE);
    ClientHome.in(other).keep(StoredPeople.NOBODY);
    Files.write(other.resolve("people"), Files.readAllBytes(folder.resolve("people")));

    assertThatThrownBy(() -> ClientHome.in(other).people())
        .isInstanceOf(DamagedHomeException.class)
        .hasMessageContaining("another device secret");
  }

  @Test
  void aDeviceSecretOfAnotherLengthIsDamage(@TempDir Path folder) throws IOException {
    ClientHome home = ClientHome.in(folder);
    home.keep(PEOPLE);
    Files.write(folder.resolve("device-secret"), Bytes.of(new byte[31]).toArray());

    assertThatThrownBy(home::people).hasMessageContaining("31 bytes");
  }
}
