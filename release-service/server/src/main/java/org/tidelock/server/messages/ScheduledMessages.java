package org.tidelock.server.messages;

import java.time.InstantSource;
import java.util.List;
import org.tidelock.server.accounts.PublicKeys;
import org.tidelock.server.mailbox.Mailboxes;
import org.tidelock.server.puzzles.PuzzleFactory;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/** The slice of messages, put together: its use cases, for the table of routes. */
public record ScheduledMessages(
    SendMessage send,
    UploadContent upload,
    ShowMessage show,
    DecideLater decide,
    Countersign countersign,
    DeleteMessage delete,
    BlockSenders block,
    MessageStore store) {

  /** The tables whose rows expire. */
  public static final List<String> EXPIRING_TABLES = List.of("uploads", "messages");

  /** Puts the slice together. */
  public static ScheduledMessages of(
      Database database,
      CpuWork cpu,
      ServerIdentity server,
      PublicKeys keys,
      PuzzleFactory puzzles,
      Mailboxes mailboxes,
      SecretsAtRest secrets,
      MessageLimits limits,
      InstantSource clock) {
    MessageStore store = new MessageStore();
    MessageContext context =
        new MessageContext(
            database,
            cpu,
            server,
            keys,
            puzzles,
            mailboxes,
            secrets,
            limits,
            clock,
            store,
            new UploadStore(),
            new BlockedStore());
    return new ScheduledMessages(
        new SendMessage(context),
        new UploadContent(context),
        new ShowMessage(context),
        new DecideLater(context),
        new Countersign(context),
        new DeleteMessage(context),
        new BlockSenders(context),
        store);
  }
}
