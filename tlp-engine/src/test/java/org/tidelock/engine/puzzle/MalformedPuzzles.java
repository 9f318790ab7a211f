package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Puzzles with one fault each. */
final class MalformedPuzzles {

  /** A fault and the message it must meet. */
  record Case(String name, String reason, ModulusPolicy policy, Bytes encoded) {}

  private static final String LABEL = "tidelock/v1/puzzle";
  private static final BigInteger P = TestMaker.prime(1024, 21);
  private static final BigInteger Q = TestMaker.prime(1024, 22);
  private static final BigInteger N = P.multiply(Q);
  private static final BigInteger BASE = BigInteger.valueOf(3).pow(600);

  private MalformedPuzzles() {}

  static List<Case> all() {
    BigInteger prime = TestMaker.prime(2048, 23);
    BigInteger withFactor = TestMaker.prime(2033, 24).multiply(BigInteger.valueOf(65_537));
    BigInteger square = P.multiply(P);
    return List.of(
        fault("label", "label is not tidelock/v1/puzzle", new Raw().label("tidelock/v2/puzzle")),
        fault("bits-too-many", "modulus has 4097 bits; 4 to 4096 allowed", new Raw().bits(4097)),
        fault("bits-too-few", "modulus has 3 bits; 4 to 4096 allowed", new Raw().bits(3)),
        fault(
            "bits-contradicted",
            "modulus has 2048 bits where the header says 2047",
            new Raw().bits(2047)),
        fault("modulus-padded", "modulus has 257 bytes; 256 required", new Raw().width(257)),
        fault(
            "modulus-short",
            "modulus has 2046 bits; at least 2048 required (--insecure-allow-small-modulus to open it anyway)",
            new Raw().modulus(TestMaker.prime(1023, 25).multiply(TestMaker.prime(1023, 26)))),
        fault(
            "modulus-even",
            "modulus is even; a product of two odd primes required",
            new Raw().modulus(N.clearBit(0))),
        fault(
            "modulus-prime",
            "modulus is prime; a product of two primes required, for anyone shortens the work modulo a prime",
            new Raw().modulus(prime)),
        fault(
            "modulus-small-factor",
            "modulus has the factor 65537; factors below 2^20 are refused, for anyone finds them",
            new Raw().modulus(withFactor)),
        fault(
            "modulus-square",
            "modulus is a perfect power (exponent 2); a product of two different primes required",
            new Raw().modulus(square)),
        fault(
            "squarings-none",
            "0 squarings; at least 1 required",
            new Raw().squarings("00".repeat(8))),
        fault(
            "squarings-too-many",
            "squarings is 9223372036854775808; at most 2^63 - 1 allowed",
            new Raw().squarings("80" + "00".repeat(7))),
        fault(
            "squarings-width",
            "squarings has 7 bytes; 8 required",
            new Raw().squarings("00".repeat(7))),
        fault(
            "base-0",
            "base is 0; 2 to N - 2 required, for the squares of 0, 1 and N - 1 are known",
            new Raw().base(BigInteger.ZERO)),
        fault(
            "base-1",
            "base is 1; 2 to N - 2 required, for the squares of 0, 1 and N - 1 are known",
            new Raw().base(BigInteger.ONE)),
        fault(
            "base-minus-1",
            "base is N - 1; 2 to N - 2 required, for the squares of 0, 1 and N - 1 are known",
            new Raw().base(N.subtract(BigInteger.ONE))),
        fault("base-not-below-modulus", "base is not below the modulus", new Raw().base(N)),
        fault(
            "base-shares-factor",
            "base shares a factor with the modulus; none allowed, for it opens the puzzle at once",
            new Raw().base(P.shiftLeft(5))),
        fault(
            "purpose-empty",
            "purpose must be 1 to 64 characters of a-z, 0-9, '-', '.', '/'",
            new Raw().purpose("")),
        fault(
            "purpose-characters",
            "purpose must be 1 to 64 characters of a-z, 0-9, '-', '.', '/'",
            new Raw().purpose("54455354")),
        fault("purpose-not-utf8", "purpose is not UTF-8", new Raw().purpose("ff")),
        fault(
            "purpose-too-long",
            "purpose has 65 bytes; 0 to 64 allowed",
            new Raw().purpose("61".repeat(65))),
        fault(
            "context-too-long",
            "context has 4097 bytes; 0 to 4096 allowed",
            new Raw().context("00".repeat(4097))),
        fault(
            "ciphertext-too-short",
            "ciphertext has 47 bytes; 48 to 65584 allowed",
            new Raw().ciphertext("00".repeat(47))),
        cut("empty", "ends before the length of label", 0),
        cut("cut-in-label", "ends within label", 10),
        cut("cut-in-modulus", "ends within modulus", 100),
        cut("cut-before-squarings", "ends before the length of squarings", 294));
  }

  private static Case fault(String name, String reason, Raw raw) {
    return new Case(name, reason, ModulusPolicy.STANDARD, raw.encoded());
  }

  private static Case cut(String name, String reason, int length) {
    byte[] whole = new Raw().encoded().toArray();
    return new Case(name, reason, ModulusPolicy.STANDARD, Bytes.of(Arrays.copyOf(whole, length)));
  }

  /** The fields of a good puzzle, to be replaced one at a time, unchecked. */
  private static final class Raw {
    private String label = LABEL;
    private BigInteger modulus = N;
    private int bits;
    private int width;
    private BigInteger base = BASE;
    private Bytes squarings = Bytes.ofHex("00000000000003e8");
    private Bytes purpose = Bytes.ofHex("74657374");
    private Bytes context = Bytes.ofHex("");
    private Bytes ciphertext = Bytes.ofHex("00".repeat(64));

    Raw label(String value) {
      label = value;
      return this;
    }

    Raw bits(int value) {
      bits = value;
      return this;
    }

    Raw width(int value) {
      width = value;
      return this;
    }

    Raw modulus(BigInteger value) {
      modulus = value;
      return this;
    }

    Raw base(BigInteger value) {
      base = value;
      return this;
    }

    Raw squarings(String hex) {
      squarings = Bytes.ofHex(hex);
      return this;
    }

    Raw purpose(String hex) {
      purpose = Bytes.ofHex(hex);
      return this;
    }

    Raw context(String hex) {
      context = Bytes.ofHex(hex);
      return this;
    }

    Raw ciphertext(String hex) {
      ciphertext = Bytes.ofHex(hex);
      return this;
    }

    Bytes encoded() {
      int numberBytes = width > 0 ? width : (modulus.bitLength() + 7) / 8;
      Bytes header =
          new Canonical(label)
              .integer(bits > 0 ? bits : modulus.bitLength())
              .number(modulus, numberBytes)
              .bytes(squarings)
              .number(base, numberBytes)
              .bytes(purpose)
              .bytes(context)
              .encoded();
      return Bytes.ofHex(header.toHex() + ciphertext.toHex());
    }
  }
}
