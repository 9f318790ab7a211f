package org.tidelock.server;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tidelock.server.app.Server;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** The server's own command: settings as flags, {@code --print-config} and {@code --help}. */
public final class Main {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(new ArrayList<>(Arrays.asList(arguments))));
  }

  private static int run(List<String> flags) throws InterruptedException {
    if (flags.contains("--help")) {
      System.out.print(ServerStart.help());
      return 0;
    }
    boolean print = flags.remove("--print-config");
    try {
      Settings settings = ServerStart.settings(System.getenv(), flags);
      if (print) {
        System.out.print(settings.printed());
        return 0;
      }
      serve(settings);
      return 0;
    } catch (InvalidSettingException e) {
      System.err.println(e.getMessage());
      return MISUSED;
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
  }

  private static void serve(Settings settings)
      throws IOException, InvalidSettingException, InterruptedException {
    ServerStart.logAsJson();
    CountDownLatch stopped = new CountDownLatch(1);
    Server server = Server.start(settings, InstantSource.system());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                }));
    System.err.printf("tidelock listens on port %d%n", server.port());
    stopped.await();
  }
}
