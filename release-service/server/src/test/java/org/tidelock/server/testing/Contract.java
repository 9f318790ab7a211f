package org.tidelock.server.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
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
import org.tidelock.protocol.channel.ChannelKey;
import org.tidelock.protocol.channel.Encapsulation;
import org.tidelock.protocol.problem.Problem;
import org.yaml.snakeyaml.Yaml;

/** A contract as it stands in its file, held against whatever goes over the wire. */
public final class Contract {

  private static final Vertx VERTX = Vertx.vertx();

  /** The server's. */
  public static final Contract SERVER = new Contract("openapi.yaml");

  private final OpenAPIContract contract;
  private final ResponseValidator responses;

  /** The contract in a file on the class path. */
  public Contract(String file) {
    contract =
        OpenAPIContract.from(VERTX, read(file)).toCompletionStage().toCompletableFuture().join();
    responses = ResponseValidator.create(VERTX, contract);
  }

  /** Every route in it, as {@code GET /v1/people/:name}. */
  public NavigableSet<String> routes() {
    NavigableSet<String> routes = new TreeSet<>();
    for (Operation operation : contract.operations()) {
      String path = operation.getOpenAPIPath().replaceAll("\\{([a-z]+)}", ":$1");
      routes.add(operation.getHttpMethod() + " " + path);
    }
    return routes;
  }

  /**
   * Checks an exchange. What the server refused is checked as an answer only: tests send requests
   * that break the contract.
   */
  void require(
      String method, String path, byte[] request, int status, String mediaType, byte[] answer) {
    Operation operation =
        contract.findOperation(path.replaceAll("\\?.*", ""), HttpMethod.valueOf(method));
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
      responses
          .validate(response, operation.getOperationId())
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new AssertionError(
          "%s answered %d against the contract".formatted(operation.getOperationId(), status), e);
    }
  }

  /** Checks a document that comes by a socket against a schema of the contract. */
  static void requireDocument(String schema, byte[] document) {
    JsonObject schemas =
        new JsonObject()
            .put("$ref", "#/components/schemas/" + schema)
            .put("components", read("openapi.yaml").getJsonObject("components"));
    OutputUnit result =
        Validator.create(
                JsonSchema.of(schemas),
                new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri("app://frames"))
            .validate(new JsonObject(Buffer.buffer(document)));
    if (!Boolean.TRUE.equals(result.getValid())) {
      throw new AssertionError(
          "%s breaks the contract: %s".formatted(schema, List.of(result.toJson())));
    }
  }

  /** The library knows JSON and bytes by their plain names only. */
  private static String known(String mediaType) {
    return mediaType
        .replace(Problem.MEDIA_TYPE, "application/json")
        .replace(ChannelKey.MEDIA_TYPE, "application/octet-stream")
        .replace(Encapsulation.REQUEST_TYPE, "application/octet-stream")
        .replace(Encapsulation.RESPONSE_TYPE, "application/octet-stream");
  }

  private static JsonObject read(String name) {
    try (InputStream file = Contract.class.getResourceAsStream("/" + name)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> contract = new Yaml().load(known(text));
      return new JsonObject(contract);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireRequest(Operation operation, byte[] request) {
    var schema = operation.getRequestBody().getContent().get("application/json").getSchema();
    OutputUnit result =
        contract
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
