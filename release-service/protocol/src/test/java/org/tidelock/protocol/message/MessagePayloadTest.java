package org.tidelock.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.protocol.message.MessagePayload.Outcome;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Suite;

class MessagePayloadTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1015, 1016, 1017, 65_527, 65_528, 65_529, 131_064, 3_000_000})
  void opensWhatItSealed(int length) throws IOException {
    byte[] content = random(length);
    Sample sample = Sample.of(content);

    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(sample.open(sample.key(), sample.encrypted, out))
        .isEqualTo(new Outcome.Opened(length));
    assertThat(out.toByteArray()).isEqualTo(content);
    assertThat(sample.sealed.bytes()).isEqualTo(sample.encrypted.length);
  }

  @Test
  void whatIsShortLooksAlike() throws IOException {
    assertThat(Sample.of(random(1)).encrypted).hasSameSizeAs(Sample.of(random(1000)).encrypted);
  }

  @Test
  void bucketsAddAnEighthAtMost() {
    Random random = new Random(5);
    assertThat(PaddedLength.of(0)).isEqualTo(1024);
    assertThat(PaddedLength.of(1025)).isEqualTo(1088);
    assertThat(PaddedLength.of(1L << 30)).isEqualTo(1L << 30);
    for (int i = 0; i < 10_000; i++) {
      long length = 1025 + random.nextLong(1L << (11 + random.nextInt(40)));
      long padded = PaddedLength.of(length);
      assertThat(padded).isBetween(length, length + length / 8);
      assertThat(PaddedLength.of(padded)).isEqualTo(padded);
    }
  }

  @Test
  void everyAlteredByteIsNoticed() throws IOException {
    Sample sample = Sample.of(random(100));
    for (int i = 0; i < sample.encrypted.length; i++) {
      byte[] altered = sample.encrypted.clone();
      altered[i] ^= 1;
      assertThat(sample.open(sample.key(), altered, OutputStream.nullOutputStream()))
          .as("byte %d", i)
          .isInstanceOf(Outcome.Damaged.class);
    }
  }

  @Test
  void whatIsCutShortOrFollowsIsNoticed() throws IOException {
    Sample sample = Sample.of(random(70_000));
    for (int length : new int[] {0, 10, 200, 65_536 + 200, sample.encrypted.length - 1}) {
      assertThat(
              sample.open(
                  sample.key(),
                  Arrays.copyOf(sample.encrypted, length),
                  OutputStream.nullOutputStream()))
          .isInstanceOf(Outcome.Damaged.class);
    }
    assertThat(
            sample.open(
                sample.key(),
                Arrays.copyOf(sample.encrypted, sample.encrypted.length + 1),
                OutputStream.nullOutputStream()))
        .isInstanceOf(Outcome.Damaged.class);
  }

  @Test
  void anotherKeyOpensNothing() throws IOException {
    Sample sample = Sample.of(random(100));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(sample.open(MessageKey.of(SecretBytes.random(16)), sample.encrypted, out))
        .isInstanceOf(Outcome.Damaged.class);
    assertThat(out.size()).isZero();
  }

  @Test
  void contentThatEndsEarlyIsAnError() {
    assertThatThrownBy(
            () ->
                MessagePayload.seal(
                    new ByteArrayInputStream(new byte[5]), 6, OutputStream.nullOutputStream()))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("1 bytes before the length given");
  }

  @Test
  void aStreamThatFailsIsNotDamage() throws IOException {
    Sample sample = Sample.of(random(100));
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cable pulled");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
          }
        };
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };

    assertThatThrownBy(
            () ->
                MessagePayload.open(
                    sample.key(), sample.envelope, failing, OutputStream.nullOutputStream()))
        .hasMessage("cable pulled");
    assertThatThrownBy(() -> sample.open(sample.key(), sample.encrypted, full))
        .hasMessage("disk full");
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Sample(byte[] encrypted, MessagePayload.Sealed sealed, Envelope envelope) {

    static Sample of(byte[] content) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MessagePayload.Sealed sealed =
          MessagePayload.seal(new ByteArrayInputStream(content), content.length, out);
      return new Sample(
          out.toByteArray(),
          sealed,
          SampleMessage.envelope(MessageId.random(), Suite.X25519, sealed));
    }

    MessageKey key() {
      return sealed.key();
    }

    Outcome open(MessageKey with, byte[] bytes, OutputStream out) throws IOException {
      return MessagePayload.open(with, envelope, new ByteArrayInputStream(bytes), out);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
