import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Enerflo {@code new_customer} webhooks of 1 KB, each about another customer. */
final class Webhooks {

  private static final int FIRST_ID = 10_000_000;
  private static final int BYTES = 1024;

  private static final String START = "{\"webhook_event\":\"new_customer\",\"id\":";
  private static final String REST =
      """
      ,"external_id":null,"first_name":"Marisol","last_name":"Vance","full_name":"Marisol Vance",\
      "email":"marisol.vance@example.com","phone":"(801) 555-0142","address":{"street":"418 Juniper Lane",\
      "city":"Saratoga Springs","state":"UT","zip":"84045","county":"Utah County",\
      "full_address":"418 Juniper Lane, Saratoga Springs, UT 84045","latitude":40.349312,"longitude":-111.904713},\
      "customer_timezone":"America/Denver","lead_source":"Website","integrations":[],\
      "timestamps":{"deleted_at":null,"created_at":"2025-06-02 00:15:28","updated_at":"2025-06-02 00:15:28",\
      "timezone":"UTC"},"notes":"%s"}""";

  private final byte[] request;
  private final int idAt;

  Webhooks(int port, String token) {
    int room = BYTES - START.length() - 8 - REST.formatted("").length();
    String body = START + FIRST_ID + REST.formatted("x".repeat(room));
    String head =
        """
        POST /webhooks/enerflo HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Content-Type: application/json\r
        User-Agent: bench\r
        X-Webhook-Token: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(port, token, body.length());
    this.request = (head + body).getBytes(StandardCharsets.US_ASCII);
    this.idAt = head.length() + START.length();
  }

  /** The whole HTTP request of the webhook with that number, counted from 0. */
  Buffer request(int number) {
    byte[] bytes = request.clone();
    int id = FIRST_ID + number;
    for (int at = idAt + 7; at >= idAt; at--) {
      bytes[at] = (byte) ('0' + id % 10);
      id /= 10;
    }
    return Buffer.buffer(bytes);
  }

  /** The number of the webhook that was stored under this key. */
  static int number(String key) {
    return Integer.parseInt(key.substring(key.indexOf(':') + 1)) - FIRST_ID;
  }
}
