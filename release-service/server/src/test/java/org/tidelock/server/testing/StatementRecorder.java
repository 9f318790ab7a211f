package org.tidelock.server.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.service.db.TestDatabase;

/**
 * Stands between a server and a database of its own, hands everything on, and notes which
 * statements are executed: PostgreSQL's protocol, version 3, of which it reads Parse and Bind.
 */
public final class StatementRecorder implements AutoCloseable {

  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  private final URI database;
  private final String ownerUrl;
  private final ServerSocket listener;
  private final List<String> statements = new ArrayList<>();

  public StatementRecorder() throws IOException {
    TestDatabase.OwnerAndService fresh = TestDatabase.freshKeptApart();
    database = URI.create(fresh.service());
    ownerUrl = fresh.owner();
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Where the server finds the database. */
  public String url() {
    return database
        .toString()
        .replace(":" + database.getPort() + "/", ":" + listener.getLocalPort() + "/");
  }

  /** Where the owner of the database finds it; what it does there is not noted. */
  public String ownerUrl() {
    return ownerUrl;
  }

  /** Forgets what was noted. */
  public synchronized void clear() {
    statements.clear();
  }

  /** What was executed since, in order. */
  public synchronized List<String> statements() {
    return List.copyOf(statements);
  }

  private synchronized void note(String statement) {
    statements.add(statement.strip().replaceAll("\\s+", " "));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(database.getHost(), database.getPort());
        Thread.ofVirtual().start(() -> pump(client, server, true));
        Thread.ofVirtual().start(() -> pump(server, client, false));
      } catch (IOException e) {
        // Closed, or the database is gone: the server under test will say so.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean reading) {
    try (from;
        to) {
      if (reading) {
        read(
            new DataInputStream(from.getInputStream()), new DataOutputStream(to.getOutputStream()));
      } else {
        from.getInputStream().transferTo(to.getOutputStream());
      }
    } catch (EOFException | SocketException e) {
      // One side went; so does the other.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(DataInputStream in, DataOutputStream out) throws IOException {
    int code;
    do {
      byte[] first = message(in, out);
      code = ByteBuffer.wrap(first).getInt();
    } while (code == SSL_REQUEST || code == GSS_REQUEST);
    Map<String, String> prepared = new HashMap<>();
    while (true) {
      byte type = in.readByte();
      out.writeByte(type);
      String[] texts = new String(message(in, out), StandardCharsets.UTF_8).split("\0", 3);
      if (type == 'P') {
        prepared.put(texts[0], texts[1]);
      } else if (type == 'B') {
        note(prepared.getOrDefault(texts[1], "?"));
      }
    }
  }

  private static byte[] message(DataInputStream in, DataOutputStream out) throws IOException {
    int length = in.readInt();
    byte[] body = in.readNBytes(length - Integer.BYTES);
    out.writeInt(length);
    out.write(body);
    out.flush();
    return body;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
