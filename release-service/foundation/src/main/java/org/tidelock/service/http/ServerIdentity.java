package org.tidelock.service.http;

import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.SigningKey;

/** Who a service is: its id stands in everything signed for it, and its key signs its answers. */
public record ServerIdentity(ServerId id, SigningKey key) {
  @Override
  public String toString() {
    return id.toString();
  }
}
