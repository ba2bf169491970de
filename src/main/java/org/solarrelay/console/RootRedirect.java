package org.solarrelay.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.solarrelay.config.RelayConfig;

/** Leads from {@code /} to the console in standalone mode. */
@Singleton
class RootRedirect {

  private static final int SEE_OTHER = 303;

  private final RelayConfig config;

  RootRedirect(RelayConfig config) {
    this.config = config;
  }

  void mount(@Observes Router router) {
    if (config.standalone()) {
      router
          .get("/")
          .handler(
              call ->
                  call.response()
                      .setStatusCode(SEE_OTHER)
                      .putHeader(HttpHeaders.LOCATION, ConsolePage.NOW.path())
                      .end());
    }
  }
}
