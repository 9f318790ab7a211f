package org.tidelock.keyserver;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tidelock.keyserver.app.KeyServer;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** The key server's own command: settings as flags, {@code --print-config} and {@code --help}. */
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
      System.out.print(KeyServerStart.help());
      return 0;
    }
    boolean print = flags.remove("--print-config");
    try {
      Settings settings = KeyServerStart.settings(System.getenv(), flags);
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
    KeyServerStart.logAsJson();
    CountDownLatch stopped = new CountDownLatch(1);
    KeyServer server = KeyServer.start(settings, InstantSource.system());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                }));
    System.err.printf("tidelock key server listens on port %d%n", server.port());
    stopped.await();
  }
}
