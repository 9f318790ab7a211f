package org.tidelock.server.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Hmac;
import org.tidelock.protocol.suite.SecretBytes;

/** A gateway to telephones, as an operator would run one: checks signatures and takes texts. */
public final class PhoneGateway implements AutoCloseable {

  /** What a request brought. */
  public record Text(String id, String phone, String text, int attempts) {}

  private final SecretBytes key = SecretBytes.random(32);
  private final HttpServer http;
  private final BlockingQueue<Text> taken = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();

  public PhoneGateway() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/texts", this::serve);
    http.start();
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/texts";
  }

  public SecretBytes key() {
    return key;
  }

  /** As it stands in a setting. */
  public String secret() {
    return "whsec_" + Base64.getEncoder().encodeToString(key.revealCopy());
  }

  /** The next requests are answered with these; 0 is no answer at all. */
  public void answers(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** The next text that was taken. */
  public Text next() {
    try {
      Text text = taken.poll(20, TimeUnit.SECONDS);
      if (text == null) {
        throw new AssertionError("no text came");
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** How many requests came. */
  public int requests() {
    return ids.size();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    ids.add(id);
    Integer planned = answers.poll();
    int status = planned != null ? planned : 204;
    if (status == 0) {
      return;
    }
    try (exchange) {
      if (!isSigned(exchange, id, body)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange.sendResponseHeaders(status, -1);
      if (status == 204) {
        JsonObject text = new JsonObject(new String(body, StandardCharsets.UTF_8));
        int attempts = (int) ids.stream().filter(id::equals).count();
        taken.add(new Text(id, text.getString("phone"), text.getString("text"), attempts));
      }
    }
  }

  private boolean isSigned(HttpExchange exchange, String id, byte[] body) {
    String signed =
        id
            + "."
            + exchange.getRequestHeaders().getFirst("webhook-timestamp")
            + "."
            + new String(body, StandardCharsets.UTF_8);
    String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
    return signature.startsWith("v1,")
        && Hmac.verify(
            key,
            Bytes.of(signed.getBytes(StandardCharsets.UTF_8)),
            Bytes.of(Base64.getDecoder().decode(signature.substring(3))));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
