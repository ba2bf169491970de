package org.solarrelay.standalone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Serves {@code /sandbox} of the simulated vendors on the relay's own port. */
@ApplicationScoped
class SandboxOnApplicationPort {
  private final Vertx vertx;
  private final Optional<String> sandbox;

  SandboxOnApplicationPort(
      Vertx vertx, @ConfigProperty(name = StandaloneRun.SANDBOX_URL) Optional<String> sandbox) {
    this.vertx = vertx;
    this.sandbox = sandbox;
  }

  void mount(@Observes Router router) {
    sandbox.ifPresent(
        url -> {
          HttpClient client = vertx.createHttpClient();
          router.get("/sandbox").handler(call -> forward(client, url, call.request()));
          router.route("/sandbox/*").handler(call -> forward(client, url, call.request()));
        });
  }

  private static void forward(HttpClient client, String url, HttpServerRequest request) {
    RequestOptions target =
        new RequestOptions().setMethod(request.method()).setAbsoluteURI(url + request.path());
    // streams the body, because it may be large
    client
        .request(target)
        .compose(call -> call.send(request))
        .compose(response -> response.body().compose(body -> reply(request, response, body)))
        .onFailure(e -> request.response().setStatusCode(502).end());
  }

  private static Future<Void> reply(
      HttpServerRequest request, HttpClientResponse response, Buffer body) {
    return request
        .response()
        .setStatusCode(response.statusCode())
        .putHeader("content-type", "application/json")
        .end(body);
  }
}
