package org.tidelock.cli.account;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.cli.terminal.SecretInput;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.home.StoredRegistration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock register}: applies for an account, and gives the code that comes by mail. */
@Command(
    name = "register",
    sortOptions = false,
    description = {
      "Make an account at a service.",
      "",
      "All its keys are made here and the server gets none of the private ones.",
      "A code of eight digits comes by mail and is given in a second call, or when asked for.",
      "The recovery key is shown once: write it down. Without it a forgotten password is final.",
      ""
    },
    footer = {
      "",
      "  tidelock register alice --mail alice@example.org --server https://example.org:8443",
      "  tidelock register --code 12345678"
    })
public final class RegisterCommand implements Verb {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The name others know you by: 3 to 32 of a-z, 0-9, dot, hyphen, underscore.")
  private @Nullable String name;

  @Option(names = "--mail", paramLabel = "ADDRESS", description = "Where the code is sent.")
  private @Nullable String mail;

  @Option(
      names = "--code",
      paramLabel = "DIGITS",
      description = "The code that came, which ends a registration begun before.")
  private @Nullable String code;

  @Option(
      names = "--device-name",
      paramLabel = "NAME",
      description = "What you call this device. Default: its host name.")
  private @Nullable String deviceName;

  @Mixin private final PasswordInput password = new PasswordInput();

  private final Invocation invocation;

  public RegisterCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    if (code != null && name == null) {
      String digits = code;
      return Client.use(invocation, client -> verify(client, digits));
    }
    if (code == null && name != null && mail != null) {
      AccountName account = Typed.accountName(name);
      Contact contact = Typed.mail(mail);
      DeviceName device = Typed.deviceName(deviceName);
      return Client.use(invocation, client -> apply(client, account, contact, device));
    }
    throw CommandFailure.usage(
        "give NAME and --mail ADDRESS to begin, or --code DIGITS alone to go on");
  }

  private ExitCode apply(Client client, AccountName account, Contact contact, DeviceName device)
      throws IOException {
    requireNoAccount(client);
    char[] chosen = password.chosen(invocation, "password");
    RegisterAccount.Applied applied;
    try {
      applied =
          Client.granted(
              new RegisterAccount(client.connection(), client.home())
                  .apply(account, contact, device, chosen));
    } finally {
      Arrays.fill(chosen, '\0');
    }
    invocation
        .reporter()
        .result(document(account, contact, applied), text(account, contact, applied));
    if (invocation.console().terminals().in() && !invocation.options().json()) {
      invocation.console().out().flush();
      Optional<char[]> typed = new SecretInput(invocation.console()).ask("code");
      if (typed.isPresent()) {
        return verify(client, new String(typed.get()));
      }
    }
    return ExitCode.DONE;
  }

  private ExitCode verify(Client client, String digits) throws IOException {
    requireNoAccount(client);
    Optional<StoredRegistration> waiting = client.home().registration();
    if (waiting.isEmpty()) {
      throw CommandFailure.usage(
          "no registration waits for a code; begin with tidelock register NAME --mail ADDRESS");
    }
    Typed.requireCode(digits);
    VerifyRegistration.Registered registered =
        Client.granted(
            new VerifyRegistration(client.connection(), client.keyServer(), client.home())
                .verify(digits.strip()));
    if (registered instanceof VerifyRegistration.Registered.KeysWait(var _, String reason)) {
      invocation
          .reporter()
          .warning(
              "the key server has not taken the wrapped keys (%s); until tidelock login has given"
                      .formatted(reason)
                  + " them, no other device can log in");
    }
    AccountName account = registered.name();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", account.value());
    document.put("registered", true);
    document.put("account", client.identity().entry().account().toString());
    document.put("device", client.identity().device().toString());
    document.put("keysStored", registered instanceof VerifyRegistration.Registered.WithKeys);
    document.put("server", client.connection().pin().address());
    invocation.reporter().result(document, "registered " + account + "; logged in on this device");
    return ExitCode.DONE;
  }

  private static void requireNoAccount(Client client) throws IOException {
    if (client.home().identity().isPresent()) {
      throw CommandFailure.usage(
          "this home belongs to %s already; give another --home for another account"
              .formatted(client.identity().name()));
    }
  }

  private static Map<String, Object> document(
      AccountName account, Contact contact, RegisterAccount.Applied applied) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", account.value());
    document.put("registered", false);
    document.put("contact", contact.value());
    document.put("codeExpiresAt", applied.expiresAt().toString());
    document.put("recoveryKey", applied.recoveryKey());
    return document;
  }

  private static String text(
      AccountName account, Contact contact, RegisterAccount.Applied applied) {
    return """
    applied for %s; a code is on its way to %s, good until %s

    recovery key, shown this once; write it down, and keep it elsewhere:
      %s

    then: tidelock register --code DIGITS\
    """
        .formatted(
            account,
            contact.value(),
            applied.expiresAt().truncatedTo(ChronoUnit.SECONDS),
            applied.recoveryKey());
  }
}
