package org.solarrelay.ops.telemetry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Formats log records as Quarkus' JSON and adds the fields of the thread's {@link LogContext},
 * named by the Elastic Common Schema.
 */
final class JsonLines extends ExtFormatter {

  private final ExtFormatter lines;

  /**
   * @param lines formats each record as one JSON object
   */
  JsonLines(ExtFormatter lines) {
    this.lines = lines;
  }

  @Override
  public String format(ExtLogRecord record) {
    String line = lines.format(record);
    int end = line.lastIndexOf('}');
    StringBuilder fields = new StringBuilder();
    LogContext.currentFields()
        .forEach(
            (name, value) -> {
              fields.append(",\"").append(name).append("\":\"");
              JsonStringEncoder.getInstance().quoteAsString(value, fields);
              fields.append('"');
            });
    return end < 0 || fields.isEmpty()
        ? line
        : line.substring(0, end) + fields + line.substring(end);
  }
}
