package org.tidelock.server.app;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.server.accounts.CodeSender;
import org.tidelock.server.accounts.CodeSendersByKind;
import org.tidelock.server.accounts.ConsoleCodeSender;
import org.tidelock.server.accounts.MailCodeSender;
import org.tidelock.server.accounts.WebhookCodeSender;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** Chooses how codes are sent. */
final class CodeSenders {

  private CodeSenders() {}

  private static final String SECRET_PREFIX = "whsec_";
  private static final int MIN_SECRET_BYTES = 24;
  private static final int MAX_SECRET_BYTES = 64;

  static CodeSender chosen(Vertx vertx, Settings settings, InstantSource clock)
      throws InvalidSettingException {
    CodeSender first = byDefault(vertx, settings);
    Optional<String> gateway = settings.optional(ServerSettings.PHONE_WEBHOOK_URL);
    return gateway.isEmpty()
        ? first
        : new CodeSendersByKind(
            List.of(
                new WebhookCodeSender(
                    vertx,
                    gateway(gateway.get()),
                    gatewaySecret(settings),
                    clock,
                    WebhookCodeSender.Patience.ORDINARY),
                first));
  }

  private static URI gateway(String address) throws InvalidSettingException {
    try {
      URI uri = new URI(address);
      boolean here = List.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme())))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new InvalidSettingException(
        "phone-webhook-url is %s; an https address required, or http on this machine"
            .formatted(address));
  }

  private static SecretBytes gatewaySecret(Settings settings) throws InvalidSettingException {
    String text = settings.text(ServerSettings.PHONE_WEBHOOK_SECRET);
    if (text.startsWith(SECRET_PREFIX)) {
      try {
        byte[] secret = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
        if (secret.length >= MIN_SECRET_BYTES && secret.length <= MAX_SECRET_BYTES) {
          return SecretBytes.takeOver(secret);
        }
      } catch (IllegalArgumentException e) {
        // Told below.
      }
    }
    throw new InvalidSettingException(
        "phone-webhook-secret must be whsec_ followed by 24 to 64 bytes in base64");
  }

  private static CodeSender byDefault(Vertx vertx, Settings settings)
      throws InvalidSettingException {
    return switch (settings.text(ServerSettings.CODES)) {
      case "console" -> new ConsoleCodeSender(System.out);
      case "smtp" ->
          new MailCodeSender(vertx, smtp(settings), settings.text(ServerSettings.MAIL_FROM));
      default ->
          throw new InvalidSettingException(
              "codes is %s; smtp or console allowed"
                  .formatted(settings.text(ServerSettings.CODES)));
    };
  }

  private static MailConfig smtp(Settings settings) throws InvalidSettingException {
    MailConfig config =
        new MailConfig()
            .setHostname(settings.text(ServerSettings.SMTP_HOST))
            .setPort(settings.number(ServerSettings.SMTP_PORT, 1, 65_535))
            // Else the library asks name servers for this machine's name, which can take long.
            .setOwnHostname(domain(settings.text(ServerSettings.MAIL_FROM)))
            .setStarttls(startTls(settings))
            .setKeepAlive(false)
            .setLogin(LoginOption.DISABLED);
    settings
        .optional(ServerSettings.SMTP_USER)
        .ifPresent(
            user ->
                config
                    .setLogin(LoginOption.REQUIRED)
                    .setUsername(user)
                    .setPassword(settings.text(ServerSettings.SMTP_PASSWORD)));
    return config;
  }

  private static String domain(String address) {
    return address.substring(address.indexOf('@') + 1);
  }

  private static StartTLSOptions startTls(Settings settings) throws InvalidSettingException {
    return switch (settings.text(ServerSettings.SMTP_TLS)) {
      case "required" -> StartTLSOptions.REQUIRED;
      case "optional" -> StartTLSOptions.OPTIONAL;
      case "disabled" -> StartTLSOptions.DISABLED;
      default ->
          throw new InvalidSettingException(
              "smtp-tls is %s; required, optional or disabled allowed"
                  .formatted(settings.text(ServerSettings.SMTP_TLS)));
    };
  }
}
