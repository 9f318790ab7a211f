package org.tidelock.sdk.connection;

import java.util.Optional;
import org.tidelock.protocol.wire.Token;
import org.tidelock.protocol.wire.WireJson;

/** A request to be sent. Its body may hold secrets, so it prints its path only. */
public final class Request {

  private final String method;
  private final String path;
  private final Optional<Token> token;
  private final byte[] body;

  Request(String method, String path, Optional<Token> token, byte[] body) {
    this.method = method;
    this.path = path;
    this.token = token;
    this.body = body;
  }

  /** Reads. */
  public static Request get(String path) {
    return new Request("GET", path, Optional.empty(), ServerConnection.noBody());
  }

  /** Removes. */
  public static Request delete(String path) {
    return new Request("DELETE", path, Optional.empty(), ServerConnection.noBody());
  }

  /** Sends a document. */
  public static Request post(String path, Object document) {
    return new Request("POST", path, Optional.empty(), WireJson.write(document));
  }

  /** Sends a document to a place of its own. */
  public static Request put(String path, Object document) {
    return new Request("PUT", path, Optional.empty(), WireJson.write(document));
  }

  /** Asks for something that needs no document. */
  public static Request post(String path) {
    return new Request("POST", path, Optional.empty(), ServerConnection.noBody());
  }

  /** The same request on behalf of a token. */
  public Request with(Token token) {
    return new Request(method, path, Optional.of(token), body);
  }

  boolean changesSomething() {
    return !method.equals("GET");
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  Optional<Token> token() {
    return token;
  }

  byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
