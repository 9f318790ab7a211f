package org.tidelock.server.app;

import java.util.List;
import org.tidelock.service.settings.Setting;

/** Every setting of the server. */
final class ServerSettings {

  static final Setting DATA =
      Setting.open("data", "tidelock-data", "the folder of keys, certificate and database");
  static final Setting DATABASE_URL =
      Setting.secret(
          "database-url", "a PostgreSQL 15 or newer; without it the server runs one of its own");
  static final Setting DATABASE_CONNECTIONS =
      Setting.open("database-connections", "20", "how many connections to the database at most");
  static final Setting HOST = Setting.open("host", "127.0.0.1", "the address to listen on");
  static final Setting PORT = Setting.open("port", "8443", "the port of the service; 0 for any");
  static final Setting PUBLIC_NAMES =
      Setting.open(
          "public-names", "localhost,127.0.0.1", "host names that the certificate speaks for");
  static final Setting CERTIFICATE =
      Setting.open("certificate", "", "a PEM file; without it one is made that signs itself");
  static final Setting PRIVATE_KEY =
      Setting.open("private-key", "", "the PEM file of the certificate's private key");
  static final Setting INTROSPECTION_PORT =
      Setting.open("introspection-port", "8445", "the port for the key server; 0 for any");
  static final Setting KEY_SERVER_CERTIFICATE =
      Setting.open(
          "key-server-certificate",
          "",
          "the PEM file of the key server's certificate; without it nobody may introspect");
  static final Setting KEY_SERVER_ADDRESS =
      Setting.open(
          "key-server-address", "https://localhost:8444", "where clients find the key server");
  static final Setting OPERATIONS_PORT =
      Setting.open(
          "operations-port", "9090", "health and metrics, on the loopback address; 0 for any");
  static final Setting CODES =
      Setting.open("codes", "console", "how codes are sent: smtp or console");
  static final Setting SMTP_HOST = Setting.open("smtp-host", "localhost", "the mail server");
  static final Setting SMTP_PORT = Setting.open("smtp-port", "587", "its port");
  static final Setting SMTP_TLS =
      Setting.open("smtp-tls", "required", "STARTTLS: required, optional or disabled");
  static final Setting SMTP_USER = Setting.open("smtp-user", "", "the login at the mail server");
  static final Setting SMTP_PASSWORD = Setting.secret("smtp-password", "its password");
  static final Setting MAIL_FROM =
      Setting.open("mail-from", "tidelock@localhost", "the sender's address");
  static final Setting RATE_LIMIT_FACTOR =
      Setting.open("rate-limit-factor", "1", "multiplies every rate limit");

  static final List<Setting> ALL =
      List.of(
          DATA,
          DATABASE_URL,
          DATABASE_CONNECTIONS,
          HOST,
          PORT,
          PUBLIC_NAMES,
          CERTIFICATE,
          PRIVATE_KEY,
          INTROSPECTION_PORT,
          KEY_SERVER_CERTIFICATE,
          KEY_SERVER_ADDRESS,
          OPERATIONS_PORT,
          CODES,
          SMTP_HOST,
          SMTP_PORT,
          SMTP_TLS,
          SMTP_USER,
          SMTP_PASSWORD,
          MAIL_FROM,
          RATE_LIMIT_FACTOR);

  private ServerSettings() {}
}
