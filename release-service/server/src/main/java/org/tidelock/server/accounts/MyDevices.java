package org.tidelock.server.accounts;

import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Devices;
import org.tidelock.protocol.wire.Session;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Reply;

/** Who one is, on which devices, and the end of a device. */
public final class MyDevices {

  private final AccountContext context;

  MyDevices(AccountContext context) {
    this.context = context;
  }

  /** {@code GET /v1/me}. */
  public Reply whoAmI(Call call) {
    Principal who = call.principal();
    return context
        .database()
        .inTransaction(
            transaction -> {
              Account account =
                  context.accounts().withId(transaction, who.accountId()).orElseThrow();
              return new Reply.Ok(
                  new Session.WhoAmI(
                      account.id(),
                      account.name(),
                      who.deviceId(),
                      account.passwordVersion(),
                      account.keyGeneration()));
            });
  }

  /** {@code GET /v1/devices}. */
  public Reply list(Call call) {
    Principal who = call.principal();
    return context
        .database()
        .inTransaction(
            transaction ->
                new Reply.Ok(
                    new Devices(
                        context.devices().certified(transaction, who.accountId()).stream()
                            .map(
                                device ->
                                    new Devices.Device(
                                        device.certificate(),
                                        device.lastSeenAt(),
                                        device.certificate().device().equals(who.deviceId())))
                            .toList())));
  }

  /** {@code DELETE /v1/devices/:device}; its tokens end with it. */
  public Reply remove(Call call) {
    DeviceId device = new DeviceId(call.pathBytes("device", DeviceId.BYTES));
    return context
        .database()
        .inTransaction(
            transaction ->
                context.devices().remove(transaction, call.principal().accountId(), device)
                    ? new Reply.NoContent()
                    : new Reply.Refused(ProblemCode.NOT_FOUND));
  }
}
