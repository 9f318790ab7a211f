package org.tidelock.sdk.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.sdk.account.ChangePassword;
import org.tidelock.sdk.account.LogIn;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.RenewKeys;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/** Somebody who changes password and keys, and keeps a ledger of what was acknowledged. */
final class Holder {

  /** What a service may say whose other half is down. */
  private static final Set<ProblemCode> DOWN =
      Set.of(ProblemCode.INTERNAL, ProblemCode.OVERLOADED, ProblemCode.TOKENS_UNCHECKED);

  final AccountName name;
  private final String address;
  private final Path folder;
  private ClientHome home;
  private int homes;

  private String password = "the first of many passwords";
  private Optional<String> perhapsPassword = Optional.empty();
  private int passwords = 1;
  private boolean perhapsRenewed;
  private final Map<Long, EncryptionPublicKey> keys = new TreeMap<>();

  private Holder(String address, Path folder, String name) throws IOException {
    this.address = address;
    this.folder = folder;
    this.name = new AccountName(name);
    this.home = newHome();
  }

  /** Registers, with the keys stored on the key server. */
  static Holder register(ServiceProcesses both, Path folder, String name) throws IOException {
    Holder holder = new Holder(both.address(), folder, name);
    Contact contact = Contact.mail(name + "@crash.example.org");
    try (ServerConnection connection = holder.meet();
        KeyServerConnection keyServer = KeyServerConnection.of(connection, holder.home)) {
      granted(
          new RegisterAccount(connection, holder.home)
              .apply(holder.name, contact, new DeviceName("first"), holder.password.toCharArray()));
      var registered =
          granted(
              new VerifyRegistration(connection, keyServer, holder.home)
                  .verify(both.codeFor(contact)));
      assertThat(registered).isInstanceOf(VerifyRegistration.Registered.WithKeys.class);
    }
    holder.noteKeys();
    return holder;
  }

  /** Changes password and keys in turn until the service does not answer. */
  void changeUntilItDies() throws IOException {
    try (ServerConnection connection = ServerConnection.to(pin(), InstantSource.system());
        KeyServerConnection keyServer = KeyServerConnection.of(connection, home)) {
      while (changePassword(connection, keyServer) && renewKeys(connection, keyServer)) {
        // As often as it goes.
      }
    } catch (UnreachableException e) {
      // The end of the service that was waited for. What was begun may have been done or not.
    }
  }

  /**
   * Logs in on a device that has nothing, with the acknowledged password, or the one that was being
   * set; and finds every key it ever had.
   */
  void findsEverything() throws IOException {
    String valid = logInOnNewDevice();
    assertThat(valid.equals(password) || perhapsPassword.filter(valid::equals).isPresent())
        .isTrue();
    password = valid;
    perhapsPassword = Optional.empty();

    StoredIdentity identity = home.identity().orElseThrow();
    long newest = identity.entry().generation();
    long acknowledged = keys.size();
    assertThat(newest)
        .as("%s: generation, of which %d was acknowledged", name, acknowledged)
        .isBetween(acknowledged, acknowledged + (perhapsRenewed ? 1 : 0));
    perhapsRenewed = false;
    for (Map.Entry<Long, EncryptionPublicKey> known : keys.entrySet()) {
      List<EncryptionKey> found = identity.privateEncryptionKeys(known.getKey());
      try {
        assertThat(found)
            .as("%s: key of generation %d", name, known.getKey())
            .extracting(EncryptionKey::publicKey)
            .contains(known.getValue());
      } finally {
        found.forEach(EncryptionKey::close);
      }
    }
    noteKeys();
  }

  private boolean changePassword(ServerConnection connection, KeyServerConnection keyServer)
      throws IOException {
    String fresh = "password number " + ++passwords;
    perhapsPassword = Optional.of(fresh);
    Answer<Long> answer =
        new ChangePassword(connection, keyServer, home)
            .change(password.toCharArray(), fresh.toCharArray());
    if (!isDone(answer)) {
      return false;
    }
    password = fresh;
    perhapsPassword = Optional.empty();
    return true;
  }

  private boolean renewKeys(ServerConnection connection, KeyServerConnection keyServer)
      throws IOException {
    perhapsRenewed = true;
    if (!isDone(new RenewKeys(connection, keyServer, home).renew(password.toCharArray()))) {
      return false;
    }
    perhapsRenewed = false;
    noteKeys();
    return true;
  }

  private boolean isDone(Answer<Long> answer) {
    return switch (answer) {
      case Answer.Granted<Long> _ -> true;
      case Answer.Refused<Long>(var problem) -> {
        assertThat(problem.code().filter(DOWN::contains)).as("%s: %s", name, problem).isPresent();
        yield false;
      }
    };
  }

  private String logInOnNewDevice() throws IOException {
    if (perhapsPassword.isPresent() && logsInWith(perhapsPassword.get())) {
      // Then the other one must be refused.
      ClientHome withNew = home;
      assertThat(logsInWith(password)).as("%s: both passwords are valid", name).isFalse();
      home = withNew;
      return perhapsPassword.get();
    }
    assertThat(logsInWith(password))
        .as("%s: neither the acknowledged password nor the one begun is valid", name)
        .isTrue();
    return password;
  }

  private boolean logsInWith(String tried) throws IOException {
    ClientHome before = home;
    home = newHome();
    try (ServerConnection connection = meet();
        KeyServerConnection keyServer = KeyServerConnection.of(connection, home)) {
      Answer<?> answer =
          new LogIn(connection, keyServer, home)
              .logInOnNewDevice(name, new DeviceName("device " + homes), tried.toCharArray());
      return switch (answer) {
        case Answer.Granted<?> _ -> true;
        case Answer.Refused<?>(var problem) -> {
          assertThat(problem.code()).contains(ProblemCode.LOGIN_REFUSED);
          home = before;
          yield false;
        }
      };
    }
  }

  private void noteKeys() throws IOException {
    StoredIdentity identity = home.identity().orElseThrow();
    keys.put(identity.entry().generation(), identity.entry().encryptionKey());
  }

  private ServerConnection meet() throws IOException {
    ServerConnection connection = ServerConnection.meet(address, InstantSource.system());
    home.remember(connection.pin());
    return connection;
  }

  private ServerPin pin() throws IOException {
    return home.server().orElseThrow();
  }

  private ClientHome newHome() throws IOException {
    return ClientHome.in(Files.createDirectories(folder).resolve(name + "-" + ++homes));
  }

  private static <T> T granted(Answer<T> answer) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) -> throw new AssertionError(problem.toString());
    };
  }
}
