package org.tidelock.protocol.account;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a verification code is sent, in the one form it is compared and hashed in.
 *
 * @param kind mail or phone
 * @param value a mail address whose domain is lower-case IDNA, or a phone number in E.164
 */
public record Contact(Kind kind, String value) {

  /** The ways a code can travel. */
  public enum Kind {
    MAIL("mail"),
    PHONE("phone");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** How the kind is written on the wire. */
    public String text() {
      return text;
    }
  }

  private static final Pattern PHONE_FORM = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern LOCAL_FORM = Pattern.compile("[!-~&&[^@\"(),:;<>\\[\\]\\\\]]{1,64}");
  private static final Pattern DOMAIN_FORM =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int MAX_MAIL_CHARS = 254;

  public Contact {
    boolean wellFormed =
        switch (kind) {
          case MAIL -> isMail(value);
          case PHONE -> PHONE_FORM.matcher(value).matches();
        };
    if (!wellFormed) {
      throw new IllegalArgumentException(
          switch (kind) {
            case MAIL -> "mail address must be local@domain, the domain in lower-case IDNA";
            case PHONE -> "phone number must be in E.164: '+' and 7 to 15 digits";
          });
    }
  }

  /**
   * The contact of a mail address as a person types it.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Contact mail(String typed) {
    String address = typed.strip();
    int at = address.lastIndexOf('@');
    String domain = IDN.toASCII(address.substring(at + 1)).toLowerCase(Locale.ROOT);
    return new Contact(Kind.MAIL, address.substring(0, at + 1) + domain);
  }

  /**
   * The contact of a phone number as a person types it, with its country's code.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Contact phone(String typed) {
    return new Contact(Kind.PHONE, typed.replaceAll("[ ().-]", ""));
  }

  private static boolean isMail(String value) {
    int at = value.lastIndexOf('@');
    return at > 0
        && value.length() <= MAX_MAIL_CHARS
        && LOCAL_FORM.matcher(value.substring(0, at)).matches()
        && DOMAIN_FORM.matcher(value.substring(at + 1)).matches();
  }
}
