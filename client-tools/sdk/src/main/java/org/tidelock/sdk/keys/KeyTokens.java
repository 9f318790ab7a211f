package org.tidelock.sdk.keys;

import java.io.IOException;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.Token;
import org.tidelock.sdk.connection.Answer;

/** Where tokens for the key server come from: the server gives them, each for one request. */
@FunctionalInterface
public interface KeyTokens {

  /** A fresh token. */
  Answer<Token> token(Action action) throws IOException;
}
