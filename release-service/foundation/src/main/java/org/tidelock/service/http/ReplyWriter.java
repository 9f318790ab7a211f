package org.tidelock.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.Receipt;
import org.tidelock.protocol.signing.RequestCheck.Verified;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.work.CpuWork;

/**
 * Writes answers: JSON, or problem documents as RFC 9457 has them. The answer to a signed request
 * carries a receipt, the server's signature over the request's nonce and hash, the status and the
 * body's hash.
 */
final class ReplyWriter {

  private final ServerIdentity identity;
  private final CpuWork cpu;

  ReplyWriter(ServerIdentity identity, CpuWork cpu) {
    this.identity = identity;
    this.cpu = cpu;
  }

  void refuse(RoutingContext context, ProblemCode code) {
    write(context, new Reply.Refused(code), null);
  }

  void write(RoutingContext context, Reply reply, @Nullable Verified verified) {
    HttpServerResponse response = context.response();
    byte[] body =
        switch (reply) {
          case Reply.Ok ok -> json(response, 200, ok.body());
          case Reply.Created created -> json(response, 201, created.body());
          case Reply.Accepted accepted -> json(response, 202, accepted.body());
          case Reply.NoContent none -> empty(response);
          case Reply.Refused refused -> problem(response, refused);
        };
    response.putHeader("Cache-Control", "no-store");
    if (verified != null) {
      Receipt receipt =
          Receipt.of(
              identity.id(),
              verified.nonce(),
              verified.requestHash(),
              response.getStatusCode(),
              Bytes.of(body));
      Signature signature = cpu.run(() -> receipt.sign(identity.key()));
      response.putHeader(Receipt.FIELD, Base64Url.encode(signature.value()));
    }
    if (!response.closed()) {
      response.end(Buffer.buffer(body));
    }
  }

  private static byte[] json(HttpServerResponse response, int status, Object body) {
    response.setStatusCode(status).putHeader("Content-Type", "application/json");
    return WireJson.write(body);
  }

  private static byte[] empty(HttpServerResponse response) {
    response.setStatusCode(204);
    return new byte[0];
  }

  private static byte[] problem(HttpServerResponse response, Reply.Refused refused) {
    ProblemCode code = refused.code();
    response.setStatusCode(code.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
    if (code == ProblemCode.TOKEN_MISSING || code == ProblemCode.TOKEN_INVALID) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (refused.retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", Long.toString(refused.retryAfterSeconds()));
    }
    return WireJson.write(Problem.of(code, refused.detail()));
  }
}
