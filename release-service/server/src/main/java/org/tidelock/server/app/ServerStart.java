package org.tidelock.server.app;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.tidelock.server.accounts.AdministerAccounts;
import org.tidelock.server.messages.AdministerQuotas;
import org.tidelock.server.messages.ResealMessages;
import org.tidelock.server.messages.SecretsAtRest;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.RotateKek;
import org.tidelock.service.node.Node;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** What a command needs to start a server: its settings and their help. */
public final class ServerStart {

  private ServerStart() {}

  /** Every setting of the server. */
  public static List<Setting> known() {
    return ServerSettings.ALL;
  }

  /** Reads the settings from a file, the environment and flags. */
  public static Settings settings(Map<String, String> environment, List<String> flags)
      throws InvalidSettingException {
    return Settings.load(ServerSettings.ALL, environment, flags);
  }

  /** Every setting, its default and its meaning, a line each. */
  public static String help() {
    return Settings.help(ServerSettings.ALL);
  }

  /**
   * What an operator does to accounts and to what they store.
   *
   * @param accounts who they are
   * @param quotas how much they may store
   */
  public record Administration(AdministerAccounts accounts, AdministerQuotas quotas) {}

  /**
   * Replaces the key that seals what opens messages, or finishes a replacement that was
   * interrupted. Nodes may run meanwhile on the same database and the same file.
   *
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the database or the file cannot be had
   */
  public static RotateKek.Outcome rotateKek(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    try (Node node = Server.node(settings, clock)) {
      KekFile file = Messaging.kekFile(node);
      return node.call(
          () ->
              new RotateKek(
                      node.database(), clock, file, new ResealMessages(new SecretsAtRest(file)))
                  .rotate());
    } catch (CompletionException e) {
      throw new IOException("the messages' KEK was not replaced: " + e.getMessage(), e);
    }
  }

  /**
   * Administers a server. Nodes may run meanwhile on the same database; one with a PostgreSQL of
   * its own has to be stopped, or its database's URL be given.
   *
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the database cannot be had
   */
  public static <T> T administer(
      Settings settings, InstantSource clock, Function<Administration, T> task)
      throws IOException, InvalidSettingException {
    try (Node node = Server.node(settings, clock)) {
      Administration administration =
          new Administration(
              new AdministerAccounts(node.database(), clock),
              new AdministerQuotas(node.database(), Messaging.limits(settings)));
      return node.call(() -> task.apply(administration));
    } catch (CompletionException e) {
      throw new IOException("nothing was changed: " + e.getMessage(), e);
    }
  }
}
