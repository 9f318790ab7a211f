package org.tidelock.protocol.suite;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** BouncyCastle's Argon2id, in Java: about half as fast as C. */
final class BouncyArgon2 implements Argon2Engine {

  @Override
  public byte[] hash(Input input) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(input.salt())
            .withSecret(input.secret())
            .withAdditional(input.associatedData())
            .withMemoryAsKB(input.memoryKib())
            .withIterations(input.iterations())
            .withParallelism(input.parallelism())
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] output = new byte[input.outputBytes()];
    generator.generateBytes(input.password(), output);
    parameters.clear();
    return output;
  }
}
