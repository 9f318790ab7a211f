package org.tidelock.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.keylog.KeyLogGrowth;
import org.tidelock.protocol.keylog.MerkleTree;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;

/** The stored tree, seen from the wire, against the plain one of the protocol. */
class KeyLogTest {

  private static final int PEOPLE = 11;

  @Test
  void everyEntryIsProvedInEveryLaterTreeAndEveryTreeGrewFromTheOnesBefore() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      var wire = server.wire();
      List<Person> people = new ArrayList<>();
      List<Bytes> leaves = new ArrayList<>();
      for (int i = 1; i <= PEOPLE; i++) {
        Person person = new Person(wire, "person" + i);
        Person.Registered registered = person.register(server);
        people.add(person);
        leaves.add(person.entry.leafHash());
        MerkleTree plain = MerkleTree.of(leaves);
        for (int j = 0; j < i; j++) {
          Directory.Person seen =
              registered
                  .device()
                  .get("/v1/people/" + people.get(j).name, registered.token())
                  .as(Directory.Person.class);
          assertThat(seen.proof().head().root()).isEqualTo(plain.root());
          assertThat(seen.proof().path()).isEqualTo(plain.inclusionProof(j));
          assertThat(
                  seen.proof()
                      .proves(people.get(j).entry, wire.info().server(), wire.info().signingKey()))
              .isTrue();
        }
        for (int old = 1; old <= i; old++) {
          KeyLogGrowth growth =
              registered
                  .device()
                  .get("/v1/key-log/growth?since=" + old, registered.token())
                  .as(KeyLogGrowth.class);
          for (int to = old; to <= i; to++) {
            KeyLogGrowth part =
                registered
                    .device()
                    .get("/v1/key-log/growth?since=%d&to=%d".formatted(old, to), registered.token())
                    .as(KeyLogGrowth.class);
            assertThat(part.head().size()).isEqualTo(to);
            assertThat(part.path())
                .isEqualTo(MerkleTree.of(leaves.subList(0, to)).consistencyProof(old));
          }
          assertThat(
                  registered
                      .device()
                      .get(
                          "/v1/key-log/growth?since=%d&to=%d".formatted(old, i + 1),
                          registered.token())
                      .problem())
              .isEqualTo(ProblemCode.NOT_FOUND);
          assertThat(growth.path()).isEqualTo(plain.consistencyProof(old));
          assertThat(
                  growth.proves(
                      old,
                      MerkleTree.of(leaves.subList(0, old)).root(),
                      wire.info().server(),
                      wire.info().signingKey()))
              .isTrue();
        }
      }
    }
  }
}
