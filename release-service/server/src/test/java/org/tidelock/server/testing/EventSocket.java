package org.tidelock.server.testing;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.WireJson;

/** The client's end of a socket, and what came through it. */
public final class EventSocket implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<AccountId, Presence.Change> newest = new ConcurrentHashMap<>();
  private final BlockingQueue<Presence.Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Mailbox.Item> items = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> ending = new CompletableFuture<>();
  private final WebSocket webSocket;

  EventSocket(WebSocket.Builder builder, URI address) throws Exception {
    webSocket = builder.buildAsync(address, new Ears()).get(20, TimeUnit.SECONDS);
  }

  /** The next event, once it comes. */
  public Presence.Event next() {
    try {
      Presence.Event event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError(
            "no event came; the socket's end: " + ending,
            ending.isCompletedExceptionally() ? ending.exceptionNow() : null);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next item of the device's queue, once it comes. */
  public Mailbox.Item nextItem() throws InterruptedException {
    Mailbox.Item item = items.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (item == null) {
      throw new AssertionError("no item came");
    }
    return item;
  }

  /** What came so far and was not taken. */
  public List<Presence.Event> soFar() {
    List<Presence.Event> all = new ArrayList<>();
    events.drainTo(all);
    return all;
  }

  /** With which status the server closed the socket, once it does. */
  public int closedWith() {
    try {
      return ending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the socket was not closed", e);
    }
  }

  public void say(String text) {
    webSocket.sendText(text, true).join();
  }

  @Override
  public void close() {
    // The server may have closed it just now.
    webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").handle((sent, failure) -> sent).join();
    webSocket.abort();
  }

  /** What is told twice is true once. */
  private void add(Presence.Event event) {
    if (newest.put(event.account(), event.change()) != event.change()) {
      events.add(event);
    }
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        boolean mailbox = text.toString().startsWith("{\"mailbox\"");
        Contract.requireDocument(mailbox ? "MailboxFrame" : "PresenceFrame", json);
        if (WireJson.read(json, Mailbox.Frame.class)
            instanceof WireJson.Reading.Read<Mailbox.Frame>(Mailbox.Frame frame)) {
          items.addAll(frame.mailbox().items());
        }
        if (WireJson.read(json, Presence.Frame.class)
            instanceof WireJson.Reading.Read<Presence.Frame>(Presence.Frame frame)) {
          add(frame.presence());
        }
        text.setLength(0);
      }
      source.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket source, int status, String reason) {
      ending.complete(status);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket source, Throwable error) {
      ending.completeExceptionally(error);
    }
  }
}
