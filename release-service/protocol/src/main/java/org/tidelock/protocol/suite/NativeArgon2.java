package org.tidelock.protocol.suite;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import org.jspecify.annotations.Nullable;

/** The reference implementation of Argon2id in C, through argon2-jvm. */
final class NativeArgon2 implements Argon2Engine {

  private final Argon2Advanced argon2;

  private NativeArgon2(Argon2Advanced argon2) {
    this.argon2 = argon2;
  }

  /**
   * Loads the library and hashes once, so that a library that cannot work is found out here.
   *
   * @throws LinkageError if there is none for this platform
   */
  static NativeArgon2 load() {
    NativeArgon2 engine =
        new NativeArgon2(
            Argon2Factory.createAdvanced(Argon2Types.ARGON2id, Argon2id.SALT_BYTES, 32));
    engine.hash(new Input(new byte[1], new byte[16], new byte[0], new byte[0], 8, 1, 1, 32));
    return engine;
  }

  @Override
  public byte[] hash(Input input) {
    return argon2.rawHashAdvanced(
        input.iterations(),
        input.memoryKib(),
        input.parallelism(),
        input.password(),
        input.salt(),
        absentIfEmpty(input.secret()),
        absentIfEmpty(input.associatedData()),
        input.outputBytes(),
        Argon2Version.V13);
  }

  /** The library cannot allocate nothing, and takes null for it. */
  private static byte @Nullable [] absentIfEmpty(byte[] bytes) {
    return bytes.length == 0 ? null : bytes;
  }
}
