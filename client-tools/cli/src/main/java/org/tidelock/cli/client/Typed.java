package org.tidelock.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;

/** What a person types, as the values it stands for. */
public final class Typed {

  private static final Path HOST_NAME = Path.of("/etc/hostname");
  private static final String UNNAMED = "unnamed device";

  private Typed() {}

  /** The name of an account. */
  public static AccountName accountName(String typed) {
    return value(typed, AccountName::new);
  }

  /** A mail address. */
  public static Contact mail(String typed) {
    return value(typed, Contact::mail);
  }

  /** A device, as lists of them name it. */
  public static DeviceId device(String typed) {
    return value(typed, text -> new DeviceId(Base64Url.decode(text)));
  }

  /** The name given, or the host's. */
  public static DeviceName deviceName(@Nullable String typed) {
    return typed == null ? hostName() : value(typed, DeviceName::new);
  }

  /** Refuses what cannot be a code before it is sent. */
  public static void requireCode(String typed) {
    if (!typed.strip().matches("[0-9]{8}")) {
      throw CommandFailure.usage("a code has eight digits; this one has not");
    }
  }

  private static <T> T value(String typed, Function<String, T> read) {
    try {
      return read.apply(typed);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(typed + ": " + e.getMessage());
    }
  }

  private static DeviceName hostName() {
    try {
      return new DeviceName(Files.readString(HOST_NAME).strip());
    } catch (IOException | IllegalArgumentException e) {
      return new DeviceName(UNNAMED);
    }
  }
}
