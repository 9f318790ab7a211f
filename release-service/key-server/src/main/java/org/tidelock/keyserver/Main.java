package org.tidelock.keyserver;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.tidelock.keyserver.app.KeyServer;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.service.node.ServiceProgram;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** The key server's own command. */
public final class Main implements ServiceProgram.Service {

  private Main() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    new ServiceProgram(new Main()).run(arguments);
  }

  @Override
  public String help() {
    return KeyServerStart.help();
  }

  @Override
  public Settings settings(Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    return KeyServerStart.settings(environment, flags);
  }

  @Override
  public ServiceProgram.Running start(Settings settings)
      throws IOException, InvalidSettingException {
    KeyServer server = KeyServer.start(settings, InstantSource.system());
    return new ServiceProgram.Running(
        "tidelock key server listens on port " + server.port(), server::close);
  }
}
