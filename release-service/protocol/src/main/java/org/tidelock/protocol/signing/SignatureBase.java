package org.tidelock.protocol.signing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.StringItem;
import org.tidelock.engine.puzzle.Bytes;

/**
 * The signature base of RFC 9421, section 2.5: what is signed of a request. Covers the derived
 * components {@code @method}, {@code @path}, {@code @query} and {@code @authority} without
 * parameters, and fields with one value.
 */
final class SignatureBase {

  private SignatureBase() {}

  /**
   * The base for these covered components and parameters.
   *
   * @param input the signature input, whose members are component names
   * @throws IllegalArgumentException if a component is of another kind, or the request lacks it
   */
  static Bytes of(HttpRequestParts request, InnerList input) {
    StringBuilder base = new StringBuilder();
    for (var item : input.get()) {
      if (!(item instanceof StringItem name) || !name.getParams().isEmpty()) {
        throw new IllegalArgumentException(
            "covered component %s is not supported".formatted(item.serialize()));
      }
      base.append(item.serialize()).append(": ").append(value(request, name.get())).append('\n');
    }
    base.append("\"@signature-params\": ").append(input.serialize());
    return Bytes.of(base.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A signature input that covers these components. */
  static InnerList covering(List<String> components) {
    return InnerList.valueOf(List.copyOf(components.stream().map(StringItem::valueOf).toList()));
  }

  private static String value(HttpRequestParts request, String component) {
    return switch (component) {
      case "@method" -> request.method();
      case "@path" -> request.path().isEmpty() ? "/" : request.path();
      case "@query" -> "?" + request.query();
      case "@authority" -> field(request, "host");
      default -> field(request, component);
    };
  }

  private static String field(HttpRequestParts request, String name) {
    String value = request.headers().get(name);
    if (value == null) {
      throw new IllegalArgumentException("the request has no field %s".formatted(name));
    }
    return value.strip();
  }
}
