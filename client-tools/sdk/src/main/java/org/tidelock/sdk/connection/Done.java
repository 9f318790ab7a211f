package org.tidelock.sdk.connection;

/** It is done, and there is nothing to say. */
public enum Done {
  DONE
}
