package org.tidelock.cli.service;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.tidelock.keyserver.app.KeyServer;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** The key server by itself. */
record LoneKeyServer(Settings settings) implements Serving.Service {

  static final List<Setting> SETTINGS = KeyServerStart.known();

  @Override
  public Serving.Running start() throws IOException, InvalidSettingException {
    return new Running(KeyServer.start(settings, InstantSource.system()));
  }

  private record Running(KeyServer server) implements Serving.Running {

    @Override
    public Announcement announcement() throws IOException {
      return new Announcement("the key server is ready")
          .with("keyServerAddress", "address", server.info().keyServer())
          .with("keyServerId", "server id", server.info().server().toString())
          .with(
              "certificateSha256", "certificate", server.node().certificate().fingerprint().toHex())
          .with("operationsAddress", "operations", "http://127.0.0.1:" + server.operationsPort())
          .with("data", "data", server.node().data().toString());
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
