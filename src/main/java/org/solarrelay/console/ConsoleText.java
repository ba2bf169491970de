package org.solarrelay.console;

import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.routes.FileState;

/** Formats texts and words for templates. */
@TemplateExtension
final class ConsoleText {

  private ConsoleText() {}

  /** The text as one segment of a path: {@code /console/destinations/{name.pathSegment}}. */
  static String pathSegment(String text) {
    return urlEncoded(text).replace("+", "%20");
  }

  /** The text as the value of a query parameter: {@code ?next={next.urlEncoded}}. */
  static String urlEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The beginning of a long text. */
  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  /** The class of a delivery state's style. */
  static String style(DeliveryState state) {
    return switch (state) {
      case DELIVERED -> "good";
      case DEAD -> "bad";
      case HELD -> "warn";
      case PENDING, RUNNING, SKIPPED -> "off";
    };
  }

  /** The class of a route file's style. */
  static String style(FileState state) {
    return switch (state) {
      case OK -> "good";
      case REJECTED -> "bad";
      case CHECKING -> "warn";
    };
  }

  /** Such as {@code in force}. */
  static String words(FileState state) {
    return switch (state) {
      case OK -> "in force";
      case REJECTED -> "rejected";
      case CHECKING -> "checking";
    };
  }
}
