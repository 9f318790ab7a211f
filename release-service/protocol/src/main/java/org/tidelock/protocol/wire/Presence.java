package org.tidelock.protocol.wire;

import java.time.Instant;
import java.util.List;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;

/** The documents of presence: who is online, and who may know it. */
public final class Presence {

  /** Who may see that an account is online. */
  public enum Visibility {
    /** Every account of the server. */
    EVERYONE("everyone"),
    /** The accounts in its list of contacts. */
    CONTACTS("contacts"),
    /** Nobody. */
    NOBODY("nobody");

    private final String text;

    Visibility(String text) {
      this.text = text;
    }

    /** How it is written on the wire. */
    public String text() {
      return text;
    }
  }

  /** What an event tells. */
  public enum Change {
    ONLINE("online"),
    OFFLINE("offline");

    private final String text;

    Change(String text) {
      this.text = text;
    }

    /** How it is written on the wire. */
    public String text() {
      return text;
    }
  }

  /** How many people one page of {@link Online} holds at most. */
  public static final int PAGE = 100;

  /** How many contacts an account has at most. */
  public static final int MAX_CONTACTS = 1000;

  private Presence() {}

  /** Says who may see the account. */
  public record Setting(Visibility visibility) {}

  /** An account that is online. */
  public record Person(AccountId account, AccountName name, Instant since) {}

  /** A page of who is online, of those the asker may see, by name; at most 100. */
  public record Online(List<Person> people) {

    public Online {
      people = Checks.atMost("people", people, PAGE);
    }
  }

  /** Somebody came or went. */
  public record Event(Change change, AccountId account, AccountName name, Instant at) {}

  /** A text frame of the socket that tells of presence. */
  public record Frame(Event presence) {}

  /** The account's contacts; at most 1000. */
  public record Contacts(List<AccountName> names) {

    public Contacts {
      names = Checks.atMost("names", names, MAX_CONTACTS);
    }
  }
}
