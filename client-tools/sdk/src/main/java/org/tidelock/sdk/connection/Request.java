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
  private final boolean changesSomething;

  private Request(
      String method, String path, Optional<Token> token, byte[] body, boolean changesSomething) {
    this.method = method;
    this.path = path;
    this.token = token;
    this.body = body;
    this.changesSomething = changesSomething;
  }

  /** Reads. */
  public static Request get(String path) {
    return new Request("GET", path, Optional.empty(), ServerConnection.noBody(), false);
  }

  /** Removes. */
  public static Request delete(String path) {
    return new Request("DELETE", path, Optional.empty(), ServerConnection.noBody(), true);
  }

  /** Puts a document to a place. */
  public static Request put(String path, Object document) {
    return new Request("PUT", path, Optional.empty(), WireJson.write(document), true);
  }

  /** Puts something to a place that the path says all of. */
  public static Request put(String path) {
    return new Request("PUT", path, Optional.empty(), ServerConnection.noBody(), true);
  }

  /** Sends a document. */
  public static Request post(String path, Object document) {
    return new Request("POST", path, Optional.empty(), WireJson.write(document), true);
  }

  /** Asks with a document that changes nothing, and so is not signed. */
  public static Request ask(String path, Object document) {
    return new Request("POST", path, Optional.empty(), WireJson.write(document), false);
  }

  /** Asks for something that needs no document. */
  public static Request post(String path) {
    return new Request("POST", path, Optional.empty(), ServerConnection.noBody(), true);
  }

  /** The same request on behalf of a token. */
  public Request with(Token token) {
    return new Request(method, path, Optional.of(token), body, changesSomething);
  }

  boolean changesSomething() {
    return changesSomething;
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
