package org.tidelock.server.app;

import java.util.List;
import org.tidelock.service.node.NodeSettings;
import org.tidelock.service.settings.Setting;

/** Every setting of the server. */
final class ServerSettings {

  static final NodeSettings NODE = NodeSettings.of("tidelock-data", 8443, 9090);
  static final Setting INTROSPECTION_PORT =
      Setting.open("introspection-port", "8445", "the port for the key server; 0 for any");
  static final Setting KEY_SERVER_CERTIFICATE =
      Setting.open(
          "key-server-certificate",
          "tidelock-key-data/key-server-certificate.pem",
          "the PEM file of the certificate that the key server shows; while it is not there, nobody"
              + " may introspect");
  static final Setting KEY_SERVER_ADDRESS =
      Setting.open(
          "key-server-address", "https://localhost:8444", "where clients find the key server");
  static final Setting CODES =
      Setting.open("codes", "console", "how codes are sent: smtp, or console to print them");
  static final Setting SMTP_HOST = Setting.open("smtp-host", "localhost", "the mail server");
  static final Setting SMTP_PORT = Setting.open("smtp-port", "587", "its port");
  static final Setting SMTP_TLS =
      Setting.open("smtp-tls", "required", "STARTTLS: required, optional or disabled");
  static final Setting SMTP_USER = Setting.open("smtp-user", "", "the login at the mail server");
  static final Setting SMTP_PASSWORD = Setting.secret("smtp-password", "its password");
  static final Setting MAIL_FROM =
      Setting.open("mail-from", "tidelock@localhost", "the sender's address");
  static final Setting PHONE_WEBHOOK_URL =
      Setting.open(
          "phone-webhook-url", "", "the gateway that sends texts to telephones; https required");
  static final Setting PHONE_WEBHOOK_SECRET =
      Setting.secret(
          "phone-webhook-secret",
          "what its requests are signed with: whsec_ and 24 to 64 bytes in base64");
  static final Setting MAX_PAYLOAD_MIB =
      Setting.open("max-payload-mib", "256", "the longest content of a message, in MiB");
  static final Setting QUOTA_MESSAGES =
      Setting.open("quota-messages", "10000", "how many messages are kept for one sender");
  static final Setting QUOTA_MIB =
      Setting.open("quota-mib", "2048", "how long their contents are together, in MiB");
  static final Setting PRIVATE_WEBHOOKS =
      Setting.open(
          "private-webhooks",
          "no",
          "yes: webhooks may lead into private networks, to any certificate");
  static final List<Setting> ALL =
      NODE.and(
          INTROSPECTION_PORT,
          KEY_SERVER_CERTIFICATE,
          KEY_SERVER_ADDRESS,
          CODES,
          SMTP_HOST,
          SMTP_PORT,
          SMTP_TLS,
          SMTP_USER,
          SMTP_PASSWORD,
          MAIL_FROM,
          PHONE_WEBHOOK_URL,
          PHONE_WEBHOOK_SECRET,
          MAX_PAYLOAD_MIB,
          QUOTA_MESSAGES,
          QUOTA_MIB,
          PRIVATE_WEBHOOKS);

  private ServerSettings() {}
}
