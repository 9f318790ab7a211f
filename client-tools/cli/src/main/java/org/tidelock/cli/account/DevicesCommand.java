package org.tidelock.cli.account;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.wire.Devices;
import org.tidelock.sdk.account.MyAccount;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock devices}: the account's devices, each as the account itself certified it. */
@Command(
    name = "devices",
    sortOptions = false,
    description = {"List the devices of the account.", ""})
public final class DevicesCommand implements Verb {

  private final Invocation invocation;

  private DevicesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The verb, with {@code remove} below it. */
  public static CommandLine line(Invocation invocation) {
    return new CommandLine(new DevicesCommand(invocation)).addSubcommand(new Remove(invocation));
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::list);
  }

  private ExitCode list(Client client) throws IOException {
    client.identity();
    List<Devices.Device> devices =
        Client.granted(new MyAccount(client.connection(), client.home()).devices()).devices();
    List<Map<String, Object>> documents = new ArrayList<>();
    devices.forEach(device -> documents.add(document(device)));
    invocation
        .reporter()
        .result(
            Map.of("devices", documents),
            devices.stream().map(DevicesCommand::line).collect(Collectors.joining("\n")));
    return ExitCode.DONE;
  }

  private static Map<String, Object> document(Devices.Device device) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("device", device.certificate().device().toString());
    document.put("deviceName", device.certificate().name().value());
    document.put("certifiedAt", device.certificate().createdAt().toString());
    document.put("keyGeneration", device.certificate().generation());
    document.put("lastSeenAt", device.lastSeenAt().toString());
    document.put("current", device.current());
    return document;
  }

  private static String line(Devices.Device device) {
    return "%s  last seen %s  %s%s"
        .formatted(
            device.certificate().device(),
            device.lastSeenAt().truncatedTo(ChronoUnit.SECONDS),
            device.certificate().name(),
            device.current() ? "  (this device)" : "");
  }

  /** {@code tidelock devices remove}: a lost device is to be let in no more. */
  @Command(
      name = "remove",
      sortOptions = false,
      description = {
        "Remove a device; its sessions end at once. Renew the account's keys too if it was lost:",
        "it still holds them.",
        ""
      })
  static final class Remove implements Verb {

    @Parameters(paramLabel = "DEVICE", description = "As tidelock devices lists it.")
    private String device = "";

    private final Invocation invocation;

    Remove(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public ExitCode run() {
      DeviceId id = Typed.device(device);
      return Client.use(invocation, client -> remove(client, id));
    }

    private ExitCode remove(Client client, DeviceId id) throws IOException {
      client.identity();
      Client.granted(new MyAccount(client.connection(), client.home()).removeDevice(id));
      invocation.reporter().result(Map.of("removed", id.toString()), "removed " + id);
      return ExitCode.DONE;
    }
  }
}
