package org.tidelock.keyserver.app;

import java.util.List;
import org.tidelock.service.node.NodeSettings;
import org.tidelock.service.settings.Setting;

/** Every setting of the key server. */
final class KeyServerSettings {

  static final NodeSettings NODE = NodeSettings.of("tidelock-key-data", 8444, 9091);
  static final Setting INTROSPECTION_ADDRESS =
      Setting.open(
          "introspection-address",
          "https://localhost:8445",
          "where the server tells what tokens are worth");
  static final Setting SERVER_CERTIFICATE =
      Setting.open(
          "server-certificate",
          "tidelock-data/server-certificate.pem",
          "the PEM file of the certificate that the server shows; it is taken, and no other");
  static final Setting KEY_SERVER_ADDRESS =
      Setting.open(
          "key-server-address", "https://localhost:8444", "where clients find the key server");
  static final Setting KEK_FILE =
      Setting.open(
          "kek-file",
          "",
          "the file of the keys that seal the database, one a line, the newest last; without it"
              + " key-server-keks in the data folder. Keep a copy, apart from the database's");
  static final List<Setting> ALL =
      NODE.and(INTROSPECTION_ADDRESS, SERVER_CERTIFICATE, KEY_SERVER_ADDRESS, KEK_FILE);

  private KeyServerSettings() {}
}
