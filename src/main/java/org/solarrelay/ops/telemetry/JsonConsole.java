package org.solarrelay.ops.telemetry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Replaces Quarkus' JSON formatter by {@link JsonLines}, because Quarkus accepts no formatter of an
 * application.
 */
@Singleton
class JsonConsole {

  void replaceFormatters(@Observes StartupEvent start) {
    replaceFormatters(InitialConfigurator.DELAYED_HANDLER);
  }

  private static void replaceFormatters(ExtHandler handler) {
    for (Handler inner : handler.getHandlers()) {
      if (inner.getFormatter() instanceof JsonFormatter json) {
        inner.setFormatter(new JsonLines(json));
      }
      if (inner instanceof ExtHandler wrapper) {
        replaceFormatters(wrapper);
      }
    }
  }

  /**
   * Formats log records as Quarkus' JSON and adds the fields of the thread's {@link LogContext},
   * named by the Elastic Common Schema.
   */
  static final class JsonLines extends ExtFormatter {

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
}
