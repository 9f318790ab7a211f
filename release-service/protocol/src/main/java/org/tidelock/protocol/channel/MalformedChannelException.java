package org.tidelock.protocol.channel;

/** A message of the channel is not as it has to be. The message is fit to be shown. */
public final class MalformedChannelException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedChannelException(String message) {
    super(message);
  }
}
