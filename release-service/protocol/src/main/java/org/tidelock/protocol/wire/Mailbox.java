package org.tidelock.protocol.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.message.MessageId;

/** The documents of a device's queue, and of notices to an account. */
public final class Mailbox {

  private static final int MAX_ITEMS = 100;
  private static final int MAX_URL_CHARS = 512;

  private Mailbox() {}

  /** What an item tells. */
  public enum Kind {
    /** A message came. */
    ARRIVED("arrived"),
    /** Its sender confirmed the server's receipt. */
    COUNTERSIGNED("countersigned"),
    /** Its sender postponed it, cancelled it or sent it now. */
    CHANGED("changed"),
    /** It can be opened. */
    RELEASED("released");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** How it is written on the wire. */
    public String text() {
      return text;
    }
  }

  /**
   * Something that a device has to know.
   *
   * @param sequence greater than that of every item before, for this device
   */
  public record Item(long sequence, Kind kind, MessageId message, Instant at) {

    public Item {
      Checks.atLeastOne("sequence", sequence);
    }
  }

  /**
   * The oldest items that were not acknowledged, oldest first; at most 100.
   *
   * @param more whether there are others behind them
   */
  public record Page(List<Item> items, boolean more) {

    public Page {
      items = Checks.atMost("items", items, MAX_ITEMS);
    }
  }

  /** A text frame of the socket of events: items that the device has not acknowledged. */
  public record Frame(Page mailbox) {}

  /** Items that the device has dealt with; they are deleted. At most 100. */
  public record Acknowledgement(List<Long> sequences) {

    public Acknowledgement {
      sequences = Checks.atMost("sequences", sequences, MAX_ITEMS);
      sequences.forEach(sequence -> Checks.atLeastOne("sequences", sequence));
    }
  }

  /**
   * How the account is told of releases besides its queues.
   *
   * @param mail the account's own mail address, if mail is wanted
   * @param webhook an https address, if it is to be told there
   */
  public record Notices(List<Contact> mail, List<String> webhook) {

    public Notices {
      mail = Checks.atMost("mail", mail, 1);
      webhook = Checks.atMost("webhook", webhook, 1);
      for (Contact contact : mail) {
        if (contact.kind() != Contact.Kind.MAIL) {
          throw new IllegalArgumentException("mail must be a mail address");
        }
      }
      for (String url : webhook) {
        requireHttps(url);
      }
    }

    private static void requireHttps(String url) {
      try {
        URI uri = new URI(url);
        if ("https".equals(uri.getScheme())
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && url.length() <= MAX_URL_CHARS) {
          return;
        }
      } catch (URISyntaxException e) {
        // Told below.
      }
      throw new IllegalArgumentException(
          "webhook must be an https address of at most %d characters".formatted(MAX_URL_CHARS));
    }
  }

  /** What a webhook is told: that a message can be opened, and nothing of what it says. */
  public record Notice(MessageId message, Kind kind, Instant at) {}
}
