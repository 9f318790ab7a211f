package org.tidelock.service.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.HttpRequestParts;
import org.tidelock.protocol.signing.RequestCheck;
import org.tidelock.protocol.signing.RequestVerifier;
import org.tidelock.service.work.CpuWork;

/** Verifies signatures of requests: the only place where one is. Thread-safe. */
final class RequestSignatures {

  private final RequestVerifier verifier;
  private final CpuWork cpu;

  RequestSignatures(RequestVerifier verifier, CpuWork cpu) {
    this.verifier = verifier;
    this.cpu = cpu;
  }

  /**
   * Verifies.
   *
   * @throws Refusal if there is no signature, or it is not good; the reason is told
   */
  RequestCheck.Verified verify(HttpServerRequest request, byte[] body) {
    String path = request.path();
    String query = request.query();
    HttpRequestParts parts =
        new HttpRequestParts(
            request.method().name(),
            path == null ? "" : path,
            query == null ? "" : query,
            headers(request),
            Bytes.of(body));
    return switch (cpu.run(() -> verifier.check(parts))) {
      case RequestCheck.Verified verified -> verified;
      case RequestCheck.Unsigned none -> throw new Refusal(ProblemCode.SIGNATURE_MISSING);
      case RequestCheck.OutOfTime late -> throw new Refusal(ProblemCode.CLOCK_OUT_OF_RANGE);
      case RequestCheck.WrongServer other -> throw new Refusal(ProblemCode.WRONG_SERVER);
      case RequestCheck.Refused refused ->
          throw new Refusal(ProblemCode.SIGNATURE_INVALID, refused.reason());
    };
  }

  /** Each field's one value; a field that comes twice has none that could be signed. */
  private static Map<String, String> headers(HttpServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (headers.put(name, header.getValue()) != null && !name.equals("cookie")) {
        throw new Refusal(ProblemCode.SIGNATURE_INVALID, "%s is given twice".formatted(name));
      }
    }
    return headers;
  }
}
