package org.tidelock.protocol.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Parameters;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;

/** RFC 9421, appendix B.2.6: signing a request using ed25519. */
class Rfc9421Test {

  private static final HttpRequestParts REQUEST =
      new HttpRequestParts(
          "POST",
          "/foo",
          "param=Value&Pet=dog",
          Map.of(
              "host", "example.com",
              "date", "Tue, 20 Apr 2021 02:07:55 GMT",
              "content-type", "application/json",
              "content-length", "18"),
          Bytes.of("{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII)));

  private static final String BASE =
      """
      "date": Tue, 20 Apr 2021 02:07:55 GMT
      "@method": POST
      "@path": /foo
      "@authority": example.com
      "content-type": application/json
      "content-length": 18
      "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
      ;created=1618884473;keyid="test-key-ed25519"\
      """;

  private static final String PRIVATE_KEY_PKCS8 =
      "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";
  private static final String PUBLIC_KEY_SPKI =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
  private static final String SIGNATURE =
      "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

  @Test
  void buildsTheSignatureBaseOfTheRfc() {
    assertThat(new String(base().toArray(), StandardCharsets.US_ASCII)).isEqualTo(BASE);
  }

  @Test
  void signsAsTheRfcDoes() {
    byte[] pkcs8 = Base64.getDecoder().decode(PRIVATE_KEY_PKCS8);
    byte[] spki = Base64.getDecoder().decode(PUBLIC_KEY_SPKI);
    SigningKey key =
        SigningKey.fromSeed(
            SecretBytes.takeOver(Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length)));

    assertThat(key.publicKey().value())
        .isEqualTo(Bytes.of(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
    assertThat(key.signRaw(base()).value())
        .isEqualTo(Bytes.of(Base64.getDecoder().decode(SIGNATURE)));
  }

  /** RFC 9530, appendix B: the digest of the same body. */
  @Test
  void digestsAsRfc9530Does() {
    assertThat(ContentDigest.of(REQUEST.body()))
        .isEqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
    assertThat(ContentDigest.matches(ContentDigest.of(REQUEST.body()), REQUEST.body())).isTrue();
    assertThat(ContentDigest.matches(ContentDigest.of(REQUEST.body()), Bytes.of(new byte[0])))
        .isFalse();
    assertThat(ContentDigest.matches("sha-256=abc", REQUEST.body())).isFalse();
    assertThat(ContentDigest.matches("sha-512=:AAAA:", REQUEST.body())).isFalse();
    assertThat(ContentDigest.matches("", REQUEST.body())).isFalse();
  }

  private static Bytes base() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("created", IntegerItem.valueOf(1618884473L));
    parameters.put("keyid", "test-key-ed25519");
    InnerList input =
        SignatureBase.covering(
                List.of("date", "@method", "@path", "@authority", "content-type", "content-length"))
            .withParams(Parameters.valueOf(parameters));
    return SignatureBase.of(REQUEST, input);
  }
}
