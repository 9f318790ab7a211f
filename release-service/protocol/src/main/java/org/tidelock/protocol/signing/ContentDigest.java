package org.tidelock.protocol.signing;

import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Sha256;

/** The {@code Content-Digest} field of RFC 9530 with SHA-256. */
final class ContentDigest {

  private static final String ALGORITHM = "sha-256";

  private ContentDigest() {}

  /** The field's value for a body. */
  static String of(Bytes body) {
    return Dictionary.valueOf(
            Map.of(ALGORITHM, ByteSequenceItem.valueOf(Sha256.of(body).toArray())))
        .serialize();
  }

  /** Whether the field's value has a SHA-256 of exactly this body. */
  static boolean matches(String field, Bytes body) {
    try {
      return Parser.parseDictionary(field).get().get(ALGORITHM) instanceof ByteSequenceItem digest
          && remaining(digest).equals(Sha256.of(body));
    } catch (ParseException e) {
      return false;
    }
  }

  static Bytes remaining(ByteSequenceItem item) {
    byte[] bytes = new byte[item.get().remaining()];
    item.get().duplicate().get(bytes);
    return Bytes.of(bytes);
  }
}
