package org.tidelock.server;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.tidelock.server.app.Server;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.node.ServiceProgram;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** The server's own command. */
public final class Main implements ServiceProgram.Service {

  private Main() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    new ServiceProgram(new Main()).run(arguments);
  }

  @Override
  public String help() {
    return ServerStart.help();
  }

  @Override
  public Settings settings(Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    return ServerStart.settings(environment, flags);
  }

  @Override
  public ServiceProgram.Running start(Settings settings)
      throws IOException, InvalidSettingException {
    Server server = Server.start(settings, InstantSource.system());
    return new ServiceProgram.Running("tidelock listens on port " + server.port(), server::close);
  }
}
