package org.tidelock.protocol.suite;

/** One implementation of Argon2id version 1.3, with all of RFC 9106's inputs. */
interface Argon2Engine {

  /** The hash, as many bytes as asked for. */
  byte[] hash(Input input);

  /** The inputs of RFC 9106, section 3.1. Neither kept nor changed; cost is not checked here. */
  @SuppressWarnings("ArrayRecordComponent") // Secrets in arrays the caller wipes; never compared.
  record Input(
      byte[] password,
      byte[] salt,
      byte[] secret,
      byte[] associatedData,
      int memoryKib,
      int iterations,
      int parallelism,
      int outputBytes) {

    @Override
    public String toString() {
      return "Argon2id input";
    }
  }
}
