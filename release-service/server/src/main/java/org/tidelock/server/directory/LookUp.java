package org.tidelock.server.directory;

import java.util.Optional;
import java.util.OptionalLong;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.server.accounts.PublicKeys;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/** Answers who has which keys, with proofs that everyone is told the same. */
public final class LookUp {

  private final PublicKeys keys;

  /** Looks up in {@code keys}. */
  public LookUp(PublicKeys keys) {
    this.keys = keys;
  }

  /** {@code GET /v1/people/:name}. */
  public Reply person(Call call) {
    return answer(name(call).flatMap(keys::person));
  }

  /** {@code GET /v1/people/:name/log}. */
  public Reply log(Call call) {
    return answer(name(call).flatMap(keys::log));
  }

  /** {@code GET /v1/key-log/growth?since=N} and {@code ?since=N&to=M}. */
  public Reply growth(Call call) {
    OptionalLong since = entries(call, "since");
    if (since.isEmpty()) {
      return new Reply.Refused(
          ProblemCode.INVALID_FIELD, "since must be a number of entries, at least 1");
    }
    return answer(keys.growth(since.getAsLong(), entries(call, "to")));
  }

  private static OptionalLong entries(Call call, String parameter) {
    Optional<String> text = call.query(parameter);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.get().matches("[1-9][0-9]{0,17}")) {
      throw new Refusal(
          ProblemCode.INVALID_FIELD,
          "%s must be a number of entries, at least 1".formatted(parameter));
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  private static Optional<AccountName> name(Call call) {
    try {
      return Optional.of(new AccountName(call.path("name")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static <T> Reply answer(Optional<T> found) {
    return found.isPresent() ? new Reply.Ok(found.get()) : new Reply.Refused(ProblemCode.NOT_FOUND);
  }
}
