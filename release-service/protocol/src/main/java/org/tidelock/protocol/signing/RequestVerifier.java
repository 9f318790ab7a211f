package org.tidelock.protocol.signing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * The server's side of {@link RequestSigning}. Thread-safe. A check costs one Ed25519 verification.
 */
public final class RequestVerifier {

  private static final Set<String> PARAMETERS = Set.of("created", "nonce", "keyid", "alg", "tag");

  private final ServerId server;
  private final InstantSource clock;

  public RequestVerifier(ServerId server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Checks form, server, time, digest and signature, in this order. */
  public RequestCheck check(HttpRequestParts request) {
    String inputField = request.headers().get(RequestSigning.INPUT_FIELD);
    String signatureField = request.headers().get(RequestSigning.SIGNATURE_FIELD);
    if (inputField == null || signatureField == null) {
      return new RequestCheck.Unsigned();
    }
    try {
      return check(request, input(inputField), signature(signatureField));
    } catch (ParseException e) {
      return new RequestCheck.Refused("signature fields are not structured fields (RFC 9651)");
    } catch (IllegalArgumentException e) {
      return new RequestCheck.Refused(String.valueOf(e.getMessage()));
    }
  }

  private RequestCheck check(HttpRequestParts request, InnerList input, Signature signature) {
    Parameters parameters = input.getParams();
    requireProfile(input, parameters);
    SigningPublicKey signer = new SigningPublicKey(decode(parameters, "keyid"));
    Bytes nonce = decode(parameters, "nonce");
    if (nonce.length() != RequestSigning.NONCE_BYTES) {
      throw new IllegalArgumentException(
          "nonce has %d bytes; %d required".formatted(nonce.length(), RequestSigning.NONCE_BYTES));
    }
    Instant createdAt = created(parameters);
    Bytes base = SignatureBase.of(request, input);
    String named = request.headers().getOrDefault(RequestSigning.SERVER_FIELD, "");
    if (!named.equals(server.toString())) {
      return new RequestCheck.WrongServer(named);
    }
    Instant now = clock.instant();
    if (createdAt.isBefore(now.minus(RequestSigning.MAX_CLOCK_DIFFERENCE))
        || createdAt.isAfter(now.plus(RequestSigning.MAX_CLOCK_DIFFERENCE))) {
      return new RequestCheck.OutOfTime(createdAt);
    }
    String digest = request.headers().getOrDefault(RequestSigning.DIGEST_FIELD, "");
    if (!ContentDigest.matches(digest, request.body())) {
      return new RequestCheck.Refused("content-digest is not the SHA-256 of the body");
    }
    if (!signer.verifiesRaw(base, signature)) {
      return new RequestCheck.Refused("the signature is not this key's over this request");
    }
    return new RequestCheck.Verified(
        signer, nonce, createdAt.plus(RequestSigning.MAX_CLOCK_DIFFERENCE), Sha256.of(base));
  }

  private static void requireProfile(InnerList input, Parameters parameters) {
    List<String> covered = input.get().stream().map(Item::serialize).toList();
    List<String> required = RequestSigning.COVERED.stream().map(name -> '"' + name + '"').toList();
    if (!covered.equals(required)) {
      throw new IllegalArgumentException(
          "covered components are %s; %s required, in this order".formatted(covered, required));
    }
    if (!parameters.keySet().equals(PARAMETERS)) {
      throw new IllegalArgumentException(
          "signature parameters must be created, nonce, keyid, alg and tag");
    }
    requireText(parameters, "alg", RequestSigning.ALGORITHM);
    requireText(parameters, "tag", RequestSigning.TAG);
  }

  private static InnerList input(String field) {
    if (member(field) instanceof InnerList list) {
      return list;
    }
    throw new IllegalArgumentException("signature-input has no list");
  }

  private static Signature signature(String field) {
    if (member(field) instanceof ByteSequenceItem item) {
      return new Signature(ContentDigest.remaining(item));
    }
    throw new IllegalArgumentException("signature has no bytes");
  }

  private static Object member(String field) {
    Dictionary dictionary = Parser.parseDictionary(field);
    Map<String, ?> members = dictionary.get();
    Object member = members.get(RequestSigning.LABEL);
    if (member == null || members.size() != 1) {
      throw new IllegalArgumentException(
          "one signature labelled %s required".formatted(RequestSigning.LABEL));
    }
    return member;
  }

  private static Instant created(Parameters parameters) {
    if (parameters.get("created") instanceof IntegerItem created) {
      return Instant.ofEpochSecond(created.getAsLong());
    }
    throw new IllegalArgumentException("created must be whole seconds since 1970");
  }

  private static Bytes decode(Parameters parameters, String name) {
    try {
      return Base64Url.decode(text(parameters, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void requireText(Parameters parameters, String name, String required) {
    if (!text(parameters, name).equals(required)) {
      throw new IllegalArgumentException("%s must be %s".formatted(name, required));
    }
  }

  private static String text(Parameters parameters, String name) {
    if (parameters.get(name) instanceof StringItem item) {
      return item.get();
    }
    throw new IllegalArgumentException("%s must be a string".formatted(name));
  }
}
