package org.tidelock.server.presence;

import java.time.Duration;
import java.time.InstantSource;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Wakeups;
import org.tidelock.service.http.OpenSockets;

/** The presence slice, put together: its use cases, for the table of routes. */
public record WhoIsOnline(
    MyVisibility myVisibility,
    MyContacts myContacts,
    ListOnline listOnline,
    StayOnline stayOnline,
    TellWatchers tellWatchers) {

  /** How often connections are looked for that have expired. */
  public static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(2);

  /** Puts the slice together. */
  public static WhoIsOnline of(Database database, OpenSockets sockets, InstantSource clock) {
    VisibilityStore visibilities = new VisibilityStore();
    ConnectionStore connections = new ConnectionStore();
    return new WhoIsOnline(
        new MyVisibility(database, visibilities),
        new MyContacts(database, visibilities),
        new ListOnline(database, connections, clock),
        new StayOnline(database, connections, clock),
        new TellWatchers(database, visibilities, connections, sockets, clock));
  }

  /** Begins to hear what other nodes tell. Called on a virtual thread. */
  public void listen(Wakeups wakeups) {
    wakeups.listen(PresenceChange.CHANNEL, tellWatchers::heard, tellWatchers::missed);
  }
}
