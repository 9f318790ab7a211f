package org.tidelock.service.node;

/** How a service logs. Each of these is called before anything logs. */
public final class ServiceLog {

  private ServiceLog() {}

  /** One JSON document a line, to standard error. */
  public static void asJson() {
    System.setProperty("logback.configurationFile", "org/tidelock/service/logging.xml");
  }

  /** The same, warnings and errors alone, for a command that ends soon. */
  public static void warningsOnly() {
    System.setProperty("tidelock.log.level", "WARN");
    asJson();
  }
}
