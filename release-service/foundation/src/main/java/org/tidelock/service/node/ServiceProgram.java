package org.tidelock.service.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** A service's own command: settings as flags, {@code --print-config} and {@code --help}. */
public final class ServiceProgram {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Service service;

  /** The command of a service. */
  public ServiceProgram(Service service) {
    this.service = service;
  }

  /** What differs between the services. */
  public interface Service {

    /** Every setting, its default and its meaning, a line each. */
    String help();

    /** Reads the settings. */
    Settings settings(Map<String, String> environment, List<String> flags)
        throws InvalidSettingException;

    /** Starts it. */
    Running start(Settings settings) throws IOException, InvalidSettingException;
  }

  /**
   * What runs.
   *
   * @param announcement what is said once it does
   * @param close stops it, after answering what was begun
   */
  public record Running(String announcement, Runnable close) {}

  /** Runs until it is told to stop, and ends the process. */
  public void run(String[] arguments) throws InterruptedException {
    System.exit(run(new ArrayList<>(Arrays.asList(arguments))));
  }

  private int run(List<String> flags) throws InterruptedException {
    if (flags.contains("--help")) {
      System.out.print(service.help());
      return 0;
    }
    boolean print = flags.remove("--print-config");
    try {
      Settings settings = service.settings(System.getenv(), flags);
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

  private void serve(Settings settings)
      throws IOException, InvalidSettingException, InterruptedException {
    ServiceLog.asJson();
    CountDownLatch stopped = new CountDownLatch(1);
    Running running = service.start(settings);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  running.close().run();
                  stopped.countDown();
                }));
    System.err.println(running.announcement());
    stopped.await();
  }
}
