package org.tidelock.protocol.wire;

import java.time.Instant;
import java.util.List;
import org.tidelock.protocol.statement.DeviceCertificate;

/**
 * The devices of the account that asks.
 *
 * @param devices at most 64
 */
public record Devices(List<Device> devices) {

  private static final int MAX_DEVICES = 64;

  public Devices {
    devices = Checks.atMost("devices", devices, MAX_DEVICES);
  }

  /**
   * One of them.
   *
   * @param certificate what the account said of it
   * @param lastSeenAt when it last logged in or renewed its tokens
   * @param current whether it is the one that asks
   */
  public record Device(DeviceCertificate certificate, Instant lastSeenAt, boolean current) {}
}
