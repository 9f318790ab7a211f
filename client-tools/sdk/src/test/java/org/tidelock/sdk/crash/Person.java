package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.keys.KeyServerConnection;

/** Somebody with an account and one device, as the client library keeps them. */
record Person(AccountName name, ClientHome home, InstantSource clock) {

  /** Somebody new. No key server runs: the wrapped keys wait in the home. */
  static Person register(ServerNode service, Path homes, String name, InstantSource clock)
      throws IOException {
    Person person = new Person(new AccountName(name), ClientHome.in(homes.resolve(name)), clock);
    Contact contact = Contact.mail(name + "@crash.example.org");
    try (ServerConnection connection = ServerConnection.meet(service.address(), clock)) {
      person.home.remember(connection.pin());
      granted(
          new RegisterAccount(connection, person.home)
              .apply(
                  person.name,
                  contact,
                  new DeviceName("the only one"),
                  "one password of many".toCharArray()));
      try (KeyServerConnection keyServer = KeyServerConnection.of(connection, person.home)) {
        granted(
            new VerifyRegistration(connection, keyServer, person.home)
                .verify(service.codeFor(contact)));
      }
    }
    return person;
  }

  /** A connection to a node of the service that was met, at another address. */
  ServerConnection connect(String address) throws IOException {
    ServerPin pin = home.server().orElseThrow();
    return ServerConnection.to(new ServerPin(address, pin.certificate(), pin.info()), clock);
  }

  static <T> T granted(Answer<T> answer) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) -> throw new AssertionError(problem.toString());
    };
  }
}
