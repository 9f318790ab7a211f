package org.tidelock.service.http;

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
  RequestCheck.Verified verify(IncomingRequest request) {
    HttpRequestParts parts = request.signedParts();
    return switch (cpu.runBriefly(() -> verifier.check(parts))) {
      case RequestCheck.Verified verified -> verified;
      case RequestCheck.Unsigned none -> throw new Refusal(ProblemCode.SIGNATURE_MISSING);
      case RequestCheck.OutOfTime late -> throw new Refusal(ProblemCode.CLOCK_OUT_OF_RANGE);
      case RequestCheck.WrongServer other -> throw new Refusal(ProblemCode.WRONG_SERVER);
      case RequestCheck.Refused refused ->
          throw new Refusal(ProblemCode.SIGNATURE_INVALID, refused.reason());
    };
  }
}
