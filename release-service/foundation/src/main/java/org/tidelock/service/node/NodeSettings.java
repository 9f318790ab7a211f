package org.tidelock.service.node;

import java.util.ArrayList;
import java.util.List;
import org.tidelock.service.settings.Setting;

/**
 * The settings that every service has.
 *
 * @param data where keys, certificate and database lie
 */
public record NodeSettings(
    Setting data,
    Setting databaseUrl,
    Setting databaseOwnerUrl,
    Setting databaseConnections,
    Setting host,
    Setting port,
    Setting publicNames,
    Setting certificate,
    Setting privateKey,
    Setting operationsPort,
    Setting rateLimitFactor) {

  /** The settings with the defaults of one service. */
  public static NodeSettings of(String data, int port, int operationsPort) {
    return new NodeSettings(
        Setting.open("data", data, "the folder of keys, certificate and database"),
        Setting.secret(
            "database-url", "a PostgreSQL 15 or newer; without it the service runs one of its own"),
        Setting.secret(
            "database-owner-url",
            "the same database as the role that owns its tables; without it the service's own role"
                + " does, and nothing in the database is out of its reach"),
        Setting.open("database-connections", "20", "how many connections to the database at most"),
        Setting.open("host", "127.0.0.1", "the address to listen on"),
        Setting.open("port", Integer.toString(port), "the port of the service; 0 for any"),
        Setting.open(
            "public-names", "localhost,127.0.0.1", "host names that the certificate speaks for"),
        Setting.open("certificate", "", "a PEM file; without it one is made that signs itself"),
        Setting.open("private-key", "", "the PEM file of the certificate's private key"),
        Setting.open(
            "operations-port",
            Integer.toString(operationsPort),
            "health and metrics, on the loopback address; 0 for any"),
        Setting.open("rate-limit-factor", "1", "multiplies every rate limit"));
  }

  /** These settings and a service's own. */
  public List<Setting> and(Setting... own) {
    List<Setting> all =
        new ArrayList<>(
            List.of(
                data,
                databaseUrl,
                databaseOwnerUrl,
                databaseConnections,
                host,
                port,
                publicNames,
                certificate,
                privateKey,
                operationsPort,
                rateLimitFactor));
    all.addAll(List.of(own));
    return List.copyOf(all);
  }
}
