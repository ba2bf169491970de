package org.solarrelay.ops.telemetry;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;

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
}
