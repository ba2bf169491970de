import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection: a request, its answer, the next request. */
final class Sender {

  static final int NO_MORE = -1;
  private static final int BROKEN = 0;

  /** Notified on the event loop. */
  interface Listener {
    /** The number of the webhook to send next, or {@link #NO_MORE}. */
    int next();

    void answered(int number, int status, long nanos);

    /** The connection has done its work. */
    void closed();
  }

  private final NetClient net;
  private final int port;
  private final Webhooks webhooks;
  private final Listener listener;
  private Buffer answer = Buffer.buffer();
  private NetSocket socket;
  private int number = NO_MORE;
  private long sentAt;

  Sender(NetClient net, int port, Webhooks webhooks, Listener listener) {
    this.net = net;
    this.port = port;
    this.webhooks = webhooks;
    this.listener = listener;
  }

  void connect() {
    net.connect(port, "127.0.0.1")
        .onSuccess(
            opened -> {
              socket = opened;
              opened.handler(this::read).closeHandler(gone -> broken()).exceptionHandler(e -> {});
              send();
            })
        .onFailure(
            e -> {
              listener.answered(NO_MORE, BROKEN, 0);
              listener.closed();
            });
  }

  private void send() {
    number = listener.next();
    if (number == NO_MORE) {
      socket.closeHandler(null).close();
      listener.closed();
      return;
    }
    sentAt = System.nanoTime();
    socket.write(webhooks.request(number));
  }

  private void read(Buffer chunk) {
    answer = answer.length() == 0 ? chunk : answer.appendBuffer(chunk);
    String text = answer.toString(StandardCharsets.ISO_8859_1);
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0 || text.length() < headEnd + 4 + contentLength(text, headEnd)) {
      return;
    }
    answer = Buffer.buffer();
    listener.answered(number, status(text), System.nanoTime() - sentAt);
    send();
  }

  private void broken() {
    listener.answered(number, BROKEN, 0);
    answer = Buffer.buffer();
    connect();
  }

  private static int status(String text) {
    return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
  }

  private static int contentLength(String text, int headEnd) {
    String name = "content-length:";
    int at = text.substring(0, headEnd).toLowerCase(Locale.ROOT).indexOf(name) + name.length();
    int lineEnd = text.indexOf("\r\n", at);
    return Integer.parseInt(text.substring(at, lineEnd).trim());
  }
}
