package org.tidelock.protocol.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Parameters;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.SigningKey;

/**
 * The profile of RFC 9421 that this protocol uses, and the client's side of it: Ed25519 over
 * method, path, query, content digest and server, with the parameters created, nonce, keyid (the
 * signing key itself, in base64url), alg and tag. Whoever takes another list takes less than was
 * meant, so no other is taken.
 */
public final class RequestSigning {

  /** The request field that names the server a request is meant for. */
  public static final String SERVER_FIELD = "tidelock-server";

  /** How far the client's clock may be from the server's. */
  public static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(2);

  /** How many bytes a nonce has. */
  public static final int NONCE_BYTES = 16;

  static final String DIGEST_FIELD = "content-digest";
  static final String INPUT_FIELD = "signature-input";
  static final String SIGNATURE_FIELD = "signature";
  static final String LABEL = "tidelock";
  static final String TAG = "tidelock/v1";
  static final String ALGORITHM = "ed25519";
  static final List<String> COVERED =
      List.of("@method", "@path", "@query", DIGEST_FIELD, SERVER_FIELD);

  private RequestSigning() {}

  /**
   * A request that was signed.
   *
   * @param fields the header fields to send, names in lower case
   * @param nonce what the receipt of the reply must name
   * @param requestHash what the receipt of the reply must name
   */
  public record SignedRequest(Map<String, String> fields, Bytes nonce, Bytes requestHash) {

    public SignedRequest {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * Signs a request.
   *
   * @param path percent-encoded as it is sent
   * @param query as it is sent, without its question mark; empty if there is none
   * @param body none if there is none
   */
  public static SignedRequest sign(
      SigningKey key,
      ServerId server,
      String method,
      String path,
      String query,
      Bytes body,
      Instant createdAt) {
    return sign(
        key, server, method, path, query, body, createdAt, RandomBytes.ofLength(NONCE_BYTES));
  }

  static SignedRequest sign(
      SigningKey key,
      ServerId server,
      String method,
      String path,
      String query,
      Bytes body,
      Instant createdAt,
      Bytes nonce) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(DIGEST_FIELD, ContentDigest.of(body));
    fields.put(SERVER_FIELD, server.toString());
    InnerList input =
        SignatureBase.covering(COVERED)
            .withParams(
                Parameters.valueOf(
                    parameters(createdAt, nonce, Base64Url.encode(key.publicKey().value()))));
    Bytes base = SignatureBase.of(new HttpRequestParts(method, path, query, fields, body), input);
    fields.put(INPUT_FIELD, Dictionary.valueOf(Map.of(LABEL, input)).serialize());
    fields.put(
        SIGNATURE_FIELD,
        Dictionary.valueOf(
                Map.of(LABEL, ByteSequenceItem.valueOf(key.signRaw(base).value().toArray())))
            .serialize());
    return new SignedRequest(fields, nonce, Sha256.of(base));
  }

  private static Map<String, Object> parameters(Instant createdAt, Bytes nonce, String keyId) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("created", IntegerItem.valueOf(createdAt.getEpochSecond()));
    parameters.put("nonce", Base64Url.encode(nonce));
    parameters.put("keyid", keyId);
    parameters.put("alg", ALGORITHM);
    parameters.put("tag", TAG);
    return parameters;
  }
}
