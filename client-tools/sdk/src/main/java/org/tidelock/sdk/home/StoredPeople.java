package org.tidelock.sdk.home;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogHead;

/**
 * Whose keys were seen, and how far the key log had grown: what is compared with what the server
 * says next.
 *
 * @param heads the newest head seen; none at first
 * @param people everyone met, each once
 */
public record StoredPeople(List<Head> heads, List<Person> people) {

  /** Nobody was met. */
  public static final StoredPeople NOBODY = new StoredPeople(List.of(), List.of());

  public StoredPeople {
    heads = List.copyOf(heads);
    people = List.copyOf(people);
  }

  /** A size of the log and its root. */
  public record Head(long size, Bytes root) {}

  /** Somebody and the newest keys seen. */
  public record Person(AccountName name, KeyLogEntry entry) {}

  /** The newest head seen. */
  public Optional<Head> head() {
    return heads.stream().findFirst();
  }

  /** The newest keys seen under a name. */
  public Optional<KeyLogEntry> known(AccountName name) {
    return people.stream()
        .filter(person -> person.name().equals(name))
        .map(Person::entry)
        .findFirst();
  }

  /** With a newer head. */
  public StoredPeople seen(KeyLogHead head) {
    return new StoredPeople(List.of(new Head(head.size(), head.root())), people);
  }

  /** With somebody's newest keys. */
  public StoredPeople met(AccountName name, KeyLogEntry entry) {
    List<Person> all = new ArrayList<>(people);
    all.removeIf(person -> person.name().equals(name));
    all.add(new Person(name, entry));
    return new StoredPeople(heads, all);
  }
}
