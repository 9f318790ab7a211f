package org.tidelock.service.http;

import java.util.HashMap;
import java.util.Map;
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
 * Composes answers: JSON, or problem documents as RFC 9457 has them. The answer to a signed request
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

  /** The answer, with a receipt if the request's signature was good. */
  OutgoingReply compose(Reply reply, @Nullable Verified verified) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Cache-Control", "no-store");
    int status = status(reply);
    byte[] body =
        switch (reply) {
          case Reply.Ok ok -> json(headers, ok.body());
          case Reply.Created created -> json(headers, created.body());
          case Reply.Accepted accepted -> json(headers, accepted.body());
          case Reply.NoContent none -> new byte[0];
          case Reply.Refused refused -> problem(headers, refused);
        };
    if (verified != null) {
      Receipt receipt =
          Receipt.of(
              identity.id(), verified.nonce(), verified.requestHash(), status, Bytes.of(body));
      Signature signature = cpu.runBriefly(() -> receipt.sign(identity.key()));
      headers.put(Receipt.FIELD, Base64Url.encode(signature.value()));
    }
    return new OutgoingReply(status, headers, Bytes.of(body));
  }

  private static int status(Reply reply) {
    return switch (reply) {
      case Reply.Ok ok -> 200;
      case Reply.Created created -> 201;
      case Reply.Accepted accepted -> 202;
      case Reply.NoContent none -> 204;
      case Reply.Refused refused -> refused.code().status();
    };
  }

  private static byte[] json(Map<String, String> headers, Object body) {
    headers.put("Content-Type", "application/json");
    return WireJson.write(body);
  }

  private static byte[] problem(Map<String, String> headers, Reply.Refused refused) {
    ProblemCode code = refused.code();
    headers.put("Content-Type", Problem.MEDIA_TYPE);
    if (code == ProblemCode.TOKEN_MISSING || code == ProblemCode.TOKEN_INVALID) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    if (refused.retryAfterSeconds() > 0) {
      headers.put("Retry-After", Long.toString(refused.retryAfterSeconds()));
    }
    return WireJson.write(Problem.of(code, refused.detail()));
  }
}
