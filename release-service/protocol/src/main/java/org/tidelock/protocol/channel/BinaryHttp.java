package org.tidelock.protocol.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * Binary HTTP (RFC 9292) in its known-length form, without trailers and informational responses,
 * which this protocol has no use for and refuses. What is written is padded with zeros (section
 * 3.8) to a multiple of 256 bytes, so that the length tells little.
 */
public final class BinaryHttp {

  private static final int REQUEST = 0;
  private static final int RESPONSE = 1;
  private static final int BLOCK = 256;
  private static final int MAX_FIELDS = 100;

  private BinaryHttp() {}

  /** A field; names are in lower case. */
  public record Field(String name, String value) {

    public Field {
      if (!name.equals(name.toLowerCase(Locale.ROOT))
          || !name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
        throw new IllegalArgumentException("a field's name must be a token in lower case");
      }
    }
  }

  /**
   * A request.
   *
   * @param path with the query
   */
  public record Request(
      String method,
      String scheme,
      String authority,
      String path,
      List<Field> fields,
      Bytes content) {

    public Request {
      fields = List.copyOf(fields);
    }
  }

  /** A response. */
  public record Response(int status, List<Field> fields, Bytes content) {

    public Response {
      fields = List.copyOf(fields);
    }
  }

  /** Writes a request. The caller closes it: it may hold tokens. */
  public static SecretBytes write(Request request) {
    Octets.Writer out = new Octets.Writer().variable(REQUEST);
    out.text(request.method()).text(request.scheme()).text(request.authority());
    return finished(out.text(request.path()), request.fields(), request.content());
  }

  /** Writes a response. The caller closes it: it may hold tokens. */
  public static SecretBytes write(Response response) {
    Octets.Writer out = new Octets.Writer().variable(RESPONSE).variable(response.status());
    return finished(out, response.fields(), response.content());
  }

  /** Reads a request. */
  public static Request readRequest(SecretBytes message) throws MalformedChannelException {
    Octets in = Octets.of(message.revealCopy());
    require(in.variable() == REQUEST, "this is no request of known length");
    String method = in.text();
    String scheme = in.text();
    String authority = in.text();
    String path = in.text();
    List<Field> fields = fields(in);
    return new Request(method, scheme, authority, path, fields, content(in));
  }

  /** Reads a response. */
  public static Response readResponse(SecretBytes message) throws MalformedChannelException {
    Octets in = Octets.of(message.revealCopy());
    require(in.variable() == RESPONSE, "this is no response of known length");
    long status = in.variable();
    require(status >= 200 && status <= 599, "this is no final response");
    List<Field> fields = fields(in);
    return new Response((int) status, fields, content(in));
  }

  private static SecretBytes finished(Octets.Writer out, List<Field> fields, Bytes content) {
    Octets.Writer section = new Octets.Writer();
    fields.forEach(field -> section.text(field.name()).text(field.value()));
    out.part(section.bytes()).part(content.toArray()).part(new byte[0]).padded(BLOCK);
    return SecretBytes.takeOver(out.bytes());
  }

  /** Whatever follows may be left out where it is empty (section 3.8). */
  private static List<Field> fields(Octets in) throws MalformedChannelException {
    List<Field> fields = new ArrayList<>();
    if (in.hasMore()) {
      Octets section = in.part();
      while (section.hasMore()) {
        require(fields.size() < MAX_FIELDS, "there are more than %d fields".formatted(MAX_FIELDS));
        try {
          fields.add(new Field(section.text(), section.text()));
        } catch (IllegalArgumentException e) {
          throw new MalformedChannelException(String.valueOf(e.getMessage()));
        }
      }
    }
    return fields;
  }

  private static Bytes content(Octets in) throws MalformedChannelException {
    if (!in.hasMore()) {
      return Bytes.of(new byte[0]);
    }
    Bytes content = Bytes.of(in.take(in.variable()));
    if (in.hasMore()) {
      require(!in.part().hasMore(), "trailers are not taken");
    }
    for (byte padding : in.rest()) {
      require(padding == 0, "something follows the message");
    }
    return content;
  }

  private static void require(boolean holds, String otherwise) throws MalformedChannelException {
    if (!holds) {
      throw new MalformedChannelException(otherwise);
    }
  }
}
