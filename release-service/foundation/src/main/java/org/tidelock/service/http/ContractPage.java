package org.tidelock.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The contract of a service in OpenAPI 3.1, for whoever writes a client. */
public final class ContractPage {

  private ContractPage() {}

  /**
   * Serves a contract at {@code /} and its name.
   *
   * @param file on the class path, such as {@code openapi.yaml}
   */
  public static void mount(Router router, String file) {
    Buffer contract = Buffer.buffer(read(file));
    router
        .get("/" + file)
        .handler(
            context ->
                context.response().putHeader("Content-Type", "application/yaml").end(contract));
  }

  private static byte[] read(String file) {
    try (InputStream contract = ContractPage.class.getClassLoader().getResourceAsStream(file)) {
      if (contract == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return contract.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
