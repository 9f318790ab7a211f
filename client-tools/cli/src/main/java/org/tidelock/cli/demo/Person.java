package org.tidelock.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.Tidelock;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;

/** Somebody with an account at the demo's service and a home of its own. */
final class Person implements AutoCloseable {

  private static final int PASSWORD_BYTES = 15;

  private final AccountName name;
  private final Path home;
  private final String password;
  private Tidelock tidelock;

  private Person(AccountName name, Path home, Tidelock tidelock) {
    this.name = name;
    this.home = home;
    this.password = randomPassword();
    this.tidelock = tidelock;
  }

  /** Meets the service, compares what it shows with what it printed, and registers there. */
  static Person register(String name, Path homes, ServiceProcess service) throws IOException {
    Path home = homes.resolve(name);
    Person person = new Person(new AccountName(name), home, Tidelock.meet(service.address(), home));
    try {
      person.registerWith(service);
      return person;
    } catch (IOException | RuntimeException e) {
      person.close();
      throw e;
    }
  }

  private void registerWith(ServiceProcess service) throws IOException {
    if (!tidelock.connection().pin().certificate().toHex().equals(service.certificate())) {
      throw new LyingServerException("the server's certificate is not the one that it printed");
    }
    Contact contact = Contact.mail(name + "@example.org");
    granted(
        tidelock.register(
            name, contact, new DeviceName(name + "'s laptop"), password.toCharArray()));
    granted(tidelock.verify(service.codeFor(contact.value())));
  }

  AccountName name() {
    return name;
  }

  Instant now() {
    return tidelock.connection().clock().instant();
  }

  Tidelock tidelock() {
    return tidelock;
  }

  /** What must never be found at the service. */
  byte[] revealPassword() {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  /** Connects anew, with nothing but what the home keeps. */
  void comeBack() throws IOException {
    tidelock.close();
    tidelock = Tidelock.open(home);
  }

  /** What the server granted; the demo asks for nothing that it should refuse in this way. */
  static <T> T granted(Answer<T> answer) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) ->
          throw new CommandFailure(ExitCode.ERROR, "the service refuses: " + problem.detail());
    };
  }

  @Override
  public void close() {
    tidelock.close();
  }

  private static String randomPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }
}
