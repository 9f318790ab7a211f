package org.tidelock.server.app;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The contract of the service in OpenAPI 3.1, for whoever writes a client. */
final class ContractPage {

  private static final String FILE = "openapi.yaml";

  private ContractPage() {}

  static void mount(Router router) {
    Buffer contract = Buffer.buffer(read());
    router
        .get("/" + FILE)
        .handler(
            context ->
                context.response().putHeader("Content-Type", "application/yaml").end(contract));
  }

  private static byte[] read() {
    try (InputStream file = ContractPage.class.getClassLoader().getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
