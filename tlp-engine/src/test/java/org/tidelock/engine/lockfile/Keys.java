package org.tidelock.engine.lockfile;

/** Fixed keys, made once with age-keygen, for tests only. */
final class Keys {

  static final String ALICE_SECRET_TEXT =
      "AGE-SECRET-KEY-1RG8HW98907SF72WYGXXGJ8TT6K0J0K55Z95ZXKGR2AZXL5STDA2SNF2NCJ";
  static final Recipient ALICE;
  static final Identity ALICE_SECRET;
  static final Identity BOB_SECRET;

  static {
    try {
      ALICE = Recipient.parse("age1efye7dk3jk370w0yh79rucwrs8h2gctlujgcug8vtfxnfl0gtuvq6tjyej");
      ALICE_SECRET = Identity.parseAll(ALICE_SECRET_TEXT).getFirst();
      BOB_SECRET =
          Identity.parseAll(
                  "AGE-SECRET-KEY-1DR9TK8ZTQDALTCZARQ4GSLDJSEW5NDL8QFHCQCGAF0SSPMTN4SKQ45RYLR")
              .getFirst();
    } catch (LockFileFormatException e) {
      throw new AssertionError(e);
    }
  }

  private Keys() {}
}
