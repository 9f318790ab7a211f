package org.tidelock.engine.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.VectorFiles;

/** Whole lock files, byte for byte, for other implementations to read. */
class LockFileVectorsTest {

  private static final byte[] NONCE = new byte[16];
  private static final byte[] PLAIN = "Time will tell.\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void thePlainVectorIsWhatTheFormatSays() throws Exception {
    Arrays.fill(NONCE, (byte) 7);
    JsonNode puzzle = VectorFiles.read("puzzle/valid/age-file-key.json");
    Bytes body = Bytes.ofHex(puzzle.path("header").asText() + puzzle.path("ciphertext").asText());
    byte[] fileKey = Bytes.ofHex(puzzle.path("payload").asText()).toArray();

    VectorFiles.check(
        "lockfile/time-will-tell.age", PlainAge.file("tidelock/v1", body, fileKey, NONCE, PLAIN));
  }

  @Test
  void thePlainVectorOpens() throws Exception {
    LockFile file =
        LockFile.read(
            new ByteArrayInputStream(VectorFiles.bytes("lockfile/time-will-tell.age")),
            ModulusPolicy.STANDARD);

    assertThat(file.info().puzzle().bits()).isEqualTo(2048);
    assertThat(file.info().warnings()).isEmpty();
    assertThat(Locker.open(file, List.of())).isEqualTo(PLAIN);
  }
}
