package org.tidelock.sdk.account;

import java.io.IOException;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.wire.Devices;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;

/** What the owner can ask and do about the account, once logged in. */
public final class MyAccount {

  private final ServerConnection connection;
  private final ClientHome home;
  private final OwnSession session;

  public MyAccount(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
    this.session = new OwnSession(connection, home);
  }

  /** Whom the server takes the owner for. */
  public Answer<Session.WhoAmI> whoAmI() throws IOException {
    return session.send(Request.get("/v1/me"), Session.WhoAmI.class);
  }

  /**
   * The account's devices.
   *
   * @throws LyingServerException if one of them was not certified by the account
   */
  public Answer<Devices> devices() throws IOException {
    Answer<Devices> answer = session.send(Request.get("/v1/devices"), Devices.class);
    if (answer instanceof Answer.Granted<Devices>(Devices devices)) {
      StoredIdentity identity = session.identity();
      for (Devices.Device device : devices.devices()) {
        // Devices of earlier generations have to log in again, and are not listed as valid.
        if (device.certificate().generation() == identity.entry().generation()
            && !device.certificate().isSigned(connection.server(), identity.entry().signingKey())) {
          throw new LyingServerException(
              "the server lists a device that the account did not certify: %s"
                  .formatted(device.certificate().name()));
        }
      }
    }
    return answer;
  }

  /** Removes a device; its tokens end. */
  public Answer<Done> removeDevice(DeviceId device) throws IOException {
    return session.send(Request.delete("/v1/devices/" + device), Done.class);
  }

  /** Ends this device's session. */
  public Answer<Done> logOut() throws IOException {
    return ended(session.send(Request.delete("/v1/session"), Done.class));
  }

  /** Ends every session of the account. */
  public Answer<Done> logOutEverywhere() throws IOException {
    return ended(session.send(Request.delete("/v1/sessions"), Done.class));
  }

  private Answer<Done> ended(Answer<Done> answer) throws IOException {
    if (answer instanceof Answer.Granted<Done>) {
      home.keep(session.identity().loggedOut());
    }
    return answer;
  }
}
