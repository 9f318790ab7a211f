package org.tidelock.server.app;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import org.tidelock.server.accounts.CodeSender;
import org.tidelock.server.accounts.ConsoleCodeSender;
import org.tidelock.server.accounts.MailCodeSender;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** Chooses how codes are sent. */
final class CodeSenders {

  private CodeSenders() {}

  static CodeSender chosen(Vertx vertx, Settings settings) throws InvalidSettingException {
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
