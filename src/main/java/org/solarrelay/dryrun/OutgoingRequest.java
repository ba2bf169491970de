package org.solarrelay.dryrun;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;

/**
 * An HTTP request as a vendor would receive it, its secrets masked.
 *
 * @param origin scheme, host and port
 * @param path undecoded, without the query
 * @param query the parameters, decoded
 * @param headers by lower-case name
 * @param body empty if the request has none
 */
public record OutgoingRequest(
    String method,
    String origin,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  /** Method and path, such as {@code POST /v1/customers}. */
  public String line() {
    return method + " " + path;
  }

  /** A message that is sent to another kind of endpoint, such as a topic. */
  static OutgoingRequest sent(String scheme, String name, Message message) {
    Map<String, String> headers = new TreeMap<>();
    message.getHeaders().forEach((key, value) -> headers.put(key, String.valueOf(value)));
    String body = SecretStandIns.mask(message.getBody(String.class));
    return new OutgoingRequest("SEND", scheme, name, Map.of(), headers, body);
  }

  /**
   * Scheme, host and port, without the usual port of the scheme.
   *
   * @param port negative if none is given
   */
  static String origin(String scheme, String host, int port) {
    boolean usual = port < 0 || port == ("https".equals(scheme) ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }

  /** The parameters of {@code a=1&b=2}, as a query or a form has them. */
  static Map<String, String> parameters(String encoded) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String one : encoded.split("&")) {
      String[] sides = one.split("=", 2);
      if (!one.isEmpty()) {
        parameters.put(decoded(sides[0]), sides.length == 1 ? "" : decoded(sides[1]));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
