package org.tidelock.server.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.tidelock.protocol.problem.Problem;
import org.yaml.snakeyaml.Yaml;

/** The contract as it stands in openapi.yaml, held against whatever goes over the wire. */
public final class Contract {

  private static final Vertx VERTX = Vertx.vertx();
  private static final OpenAPIContract CONTRACT =
      OpenAPIContract.from(VERTX, read()).toCompletionStage().toCompletableFuture().join();
  private static final ResponseValidator RESPONSES = ResponseValidator.create(VERTX, CONTRACT);

  private Contract() {}

  /** Every route in it, as {@code GET /v1/people/:name}. */
  public static NavigableSet<String> routes() {
    NavigableSet<String> routes = new TreeSet<>();
    for (Operation operation : CONTRACT.operations()) {
      String path = operation.getOpenAPIPath().replaceAll("\\{([a-z]+)}", ":$1");
      routes.add(operation.getHttpMethod() + " " + path);
    }
    return routes;
  }

  /**
   * Checks an exchange. What the server refused is checked as an answer only: tests send requests
   * that break the contract.
   */
  static void require(
      String method, String path, byte[] request, int status, String mediaType, byte[] answer) {
    Operation operation =
        CONTRACT.findOperation(path.replaceAll("\\?.*", ""), HttpMethod.valueOf(method));
    if (operation == null) {
      if (status != 404 && status != 405) {
        throw new AssertionError("%s %s is not in the contract".formatted(method, path));
      }
      return;
    }
    if (status < 400 && request.length > 0) {
      requireRequest(operation, request);
    }
    ValidatableResponse response =
        answer.length == 0
            ? ValidatableResponse.create(status)
            : ValidatableResponse.create(status, Buffer.buffer(answer), known(mediaType));
    try {
      RESPONSES
          .validate(response, operation.getOperationId())
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new AssertionError(
          "%s answered %d against the contract".formatted(operation.getOperationId(), status), e);
    }
  }

  /** The library knows JSON by its plain name only. */
  private static String known(String mediaType) {
    return mediaType.replace(Problem.MEDIA_TYPE, "application/json");
  }

  private static JsonObject read() {
    try (InputStream file = Contract.class.getResourceAsStream("/openapi.yaml")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> contract = new Yaml().load(known(text));
      return new JsonObject(contract);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireRequest(Operation operation, byte[] request) {
    var schema = operation.getRequestBody().getContent().get("application/json").getSchema();
    OutputUnit result =
        CONTRACT
            .getSchemaRepository()
            .validator(schema)
            .validate(new JsonObject(Buffer.buffer(request)));
    if (!Boolean.TRUE.equals(result.getValid())) {
      throw new AssertionError(
          "a request to %s breaks the contract: %s"
              .formatted(operation.getOperationId(), List.of(result.toJson())));
    }
  }
}
