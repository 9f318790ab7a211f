package org.tidelock.sdk.message;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.sdk.account.People;
import org.tidelock.sdk.connection.Answer;

/**
 * Whom messages go to. Who was looked up a moment ago is not looked up again: a server that has
 * newer keys of somebody refuses what is sealed to older ones, and one that hides them could do so
 * at the look-up too. Thread-safe as far as the home is.
 */
final class Recipients {

  private static final Duration MOMENT = Duration.ofMinutes(1);

  /** Beyond this many all are forgotten. */
  private static final int MOST = 1_000;

  private final People people;
  private final InstantSource clock;
  private final Map<AccountName, Found> found = new ConcurrentHashMap<>();

  Recipients(People people, InstantSource clock) {
    this.people = people;
    this.clock = clock;
  }

  private record Found(Directory.Person person, Instant at) {}

  /** Somebody whose keys were looked up a moment ago. */
  Optional<Directory.Person> recent(AccountName name) {
    Instant now = clock.instant();
    return Optional.ofNullable(found.get(name))
        .filter(known -> !known.at.isAfter(now) && known.at.plus(MOMENT).isAfter(now))
        .map(Found::person);
  }

  /** Looks somebody up now. */
  Answer<Directory.Person> find(AccountName name) throws IOException {
    Instant now = clock.instant();
    Answer<Directory.Person> answer = people.find(name);
    if (answer instanceof Answer.Granted<Directory.Person>(Directory.Person person)) {
      if (found.size() >= MOST) {
        found.clear();
      }
      found.put(name, new Found(person, now));
    }
    return answer;
  }
}
