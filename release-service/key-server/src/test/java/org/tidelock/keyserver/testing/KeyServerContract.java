package org.tidelock.keyserver.testing;

import org.tidelock.server.testing.Contract;

/** The key server's contract, read when it is first held against something. */
public final class KeyServerContract {

  public static final Contract CONTRACT = new Contract("openapi-key-server.yaml");

  private KeyServerContract() {}
}
