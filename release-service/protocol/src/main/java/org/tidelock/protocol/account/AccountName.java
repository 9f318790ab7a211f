package org.tidelock.protocol.account;

import java.util.regex.Pattern;

/**
 * The name people know an account by: 3 to 32 of a-z, 0-9, dot, hyphen and underscore, beginning
 * and ending with a letter or digit. So narrow that no two names look alike by accident of script
 * or case.
 *
 * @param value the name
 */
public record AccountName(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{1,30}[a-z0-9]");

  public AccountName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "account name must be 3 to 32 of a-z, 0-9, '.', '-', '_', and begin and end with a letter"
              + " or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
