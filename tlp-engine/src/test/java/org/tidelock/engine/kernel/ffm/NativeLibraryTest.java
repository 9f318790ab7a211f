package org.tidelock.engine.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Absent;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Loaded;

final class NativeLibraryTest {

  /** Where a library names the instruction set it is made for. */
  private static final int ELF_MACHINE = 18;

  @TempDir private Path place;

  /** The place is made private, because the test directory's own mode depends on the machine. */
  @BeforeEach
  void closePlace() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void loadsWhatWasPackedAndLeavesNothingBehind() throws IOException {
    PackedLibrary packed = packedHere();

    NativeOutcome outcome = NativeLibrary.load(packed, place);

    assertThat(outcome).isInstanceOf(Loaded.class);
    assertThat(leftInPlace()).isEmpty();
  }

  @Test
  void refusesTamperedLibrary() throws IOException {
    byte[] content = packedHere().content();
    content[content.length / 2] ^= 1;

    Absent absent = absent(new PackedLibrary(content, packedHere().sha256()), place);

    assertThat(absent.reason()).contains("damaged");
    assertThat(leftInPlace()).isEmpty();
  }

  @Test
  void refusesLibraryTheSystemCannotLoad() throws Exception {
    byte[] forAnotherMachine = packedHere().content();
    forAnotherMachine[ELF_MACHINE] ^= 0x55;

    Absent absent = absent(packed(forAnotherMachine), place);

    assertThat(absent.reason()).contains("loader refuses");
    assertThat(leftInPlace()).isEmpty();
  }

  @Test
  void refusesPlaceThatOthersMayChange() throws IOException {
    Path open = Files.createDirectory(place.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    Absent absent = absent(packedHere(), open);

    assertThat(absent.reason()).contains("can be changed by other users").contains("0777");
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void saysThatThePlaceIsMissing() throws IOException {
    Absent absent = absent(packedHere(), place.resolve("nowhere"));

    assertThat(absent.reason()).contains("nowhere");
    assertThat(absent.remedy()).contains("java.io.tmpdir");
  }

  @Test
  void saysThatThePlatformHasNoKernels() {
    NativeOutcome outcome = NativeLibrary.load("vms-vax", place);

    assertThat(outcome).isInstanceOf(Absent.class);
    assertThat(((Absent) outcome).reason()).isEqualTo("no native kernels are packed for vms-vax");
  }

  @Test
  void namesPlatformsAsTheBuildDoes() {
    assertThat(PackedLibrary.platform("Linux", "amd64")).isEqualTo("linux-x86_64");
    assertThat(PackedLibrary.platform("Linux", "aarch64")).isEqualTo("linux-aarch64");
    assertThat(PackedLibrary.platform("Mac OS X", "x86_64")).isEqualTo("macosx-x86_64");
  }

  @Test
  void copyIsPrivateAndGoesOnClose() throws IOException {
    PackedLibrary packed = packedHere();

    try (PrivateCopy copy = PrivateCopy.create(packed, place)) {
      Path directory = place.toRealPath().resolve(copy.file().getParent());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(Files.readAllBytes(copy.file())).isEqualTo(packed.content());
    }
    assertThat(leftInPlace()).isEmpty();
  }

  @Test
  void allThreadsSeeOneOutcome() throws Exception {
    List<Callable<NativeOutcome>> calls =
        Stream.generate(() -> (Callable<NativeOutcome>) NativeLibrary::outcome).limit(32).toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<NativeOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isSameAs(NativeLibrary.outcome());
      }
    }
  }

  @Test
  void switchOffNamesTheSetting() {
    System.setProperty("tidelock.native", "off");
    try {
      assertThat(NativePermission.refusal())
          .hasValueSatisfying(
              refusal -> assertThat(refusal.reason()).contains("-Dtidelock.native=off"));
    } finally {
      System.clearProperty("tidelock.native");
    }
  }

  private static PackedLibrary packedHere() throws IOException {
    var packed = PackedLibrary.find(PackedLibrary.currentPlatform());
    assumeTrue(packed.isPresent(), "no native kernels were built for this platform");
    return packed.get();
  }

  private static PackedLibrary packed(byte[] bytes) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return new PackedLibrary(bytes, HexFormat.of().formatHex(digest));
  }

  private static Absent absent(PackedLibrary packed, Path place) {
    NativeOutcome outcome = NativeLibrary.load(packed, place);
    assertThat(outcome).isInstanceOf(Absent.class);
    return (Absent) outcome;
  }

  private List<Path> leftInPlace() throws IOException {
    try (Stream<Path> left = Files.list(place)) {
      return left.toList();
    }
  }
}
