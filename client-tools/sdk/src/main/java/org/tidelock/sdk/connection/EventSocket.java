package org.tidelock.sdk.connection;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of the server's socket of events. The server pings, and the library answers; a
 * server that does not ping any more is gone. Thread-safe.
 */
public final class EventSocket implements AutoCloseable {

  /** Three of the server's pings. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final int BROKEN = 1006;
  private static final int MAX_FRAME_CHARS = 64 * 1024;

  private final Ears ears;
  private final WebSocket webSocket;

  private EventSocket(Ears ears, WebSocket webSocket) {
    this.ears = ears;
    this.webSocket = webSocket;
  }

  /** Opens a socket; each text frame is handed to {@code frames}, one after another. */
  static CompletableFuture<EventSocket> open(
      WebSocket.Builder builder, URI address, Consumer<String> frames) {
    Ears ears = new Ears(frames);
    return builder
        .buildAsync(address, ears)
        .thenApply(webSocket -> new EventSocket(ears, webSocket));
  }

  /**
   * Waits for the socket's end.
   *
   * @return the status of RFC 6455, section 7.4.1, 1006 if it broke; empty if it is still open
   */
  public Optional<Integer> awaitEnd(Duration patience) throws InterruptedException {
    if (ears.lastSign + SILENCE.toNanos() - System.nanoTime() < 0) {
      webSocket.abort();
      ears.ended.complete(BROKEN);
    }
    try {
      return Optional.of(ears.ended.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end is never exceptional", e);
    }
  }

  /** Does something once, when the socket ends. */
  public void onEnd(Runnable then) {
    CompletableFuture<Void> _ = ears.ended.thenRun(then);
  }

  /** Says goodbye and closes. */
  @Override
  public void close() {
    if (!webSocket.isOutputClosed()) {
      try {
        webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(1, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // Whoever does not take the goodbye finds out by itself.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    webSocket.abort();
  }

  private static final class Ears implements WebSocket.Listener {
    private final Consumer<String> frames;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile long lastSign = System.nanoTime();

    Ears(Consumer<String> frames) {
      this.frames = frames;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (text.length() > MAX_FRAME_CHARS) {
        webSocket.abort();
        ended.complete(BROKEN);
        return null;
      }
      if (last) {
        String frame = text.toString();
        text.setLength(0);
        frames.accept(frame);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
      lastSign = System.nanoTime();
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      ended.complete(statusCode);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      ended.complete(BROKEN);
    }
  }
}
