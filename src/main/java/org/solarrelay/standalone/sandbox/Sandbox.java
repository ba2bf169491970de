package org.solarrelay.standalone.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Simulates Enerflo, Solar Proof, Flip and a CRM on one port. They respond as the vendors'
 * documentation and integrators describe, faults included, and store what they receive.
 */
public final class Sandbox implements AutoCloseable {
  private static final int MAX_BODY = 32 * 1024 * 1024;

  private final Vertx vertx;
  private final String host;
  private final HttpServer server;
  private final SandboxJournal journal;
  private final List<SimulatedVendor> vendors;

  private Sandbox(
      Vertx vertx,
      String host,
      HttpServer server,
      SandboxJournal journal,
      List<SimulatedVendor> vendors) {
    this.vertx = vertx;
    this.host = host;
    this.server = server;
    this.journal = journal;
    this.vendors = vendors;
  }

  /**
   * Starts the vendors on loopback only.
   *
   * @see #start(Path, String, int)
   */
  public static Sandbox start(Path state, int port) throws IOException {
    return start(state, "127.0.0.1", port);
  }

  /**
   * Starts the vendors.
   *
   * @param state the file with the vendors' records; created if absent
   * @param host the address to listen on
   * @param port the port; 0 for any free one
   * @throws IOException if the file cannot be read or the port is in use
   */
  public static Sandbox start(Path state, String host, int port) throws IOException {
    SandboxJournal journal = SandboxJournal.open(state);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    List<SimulatedVendor> vendors =
        List.of(
            new EnerfloVendor(journal, vertx),
            new SolarProofVendor(journal, vertx),
            new FlipVendor(journal),
            new CrmVendor(journal));
    HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port);
    try {
      HttpServer server =
          vertx
              .createHttpServer(options)
              .requestHandler(router(vertx, vendors))
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      return new Sandbox(vertx, host, server, journal, vendors);
    } catch (Exception e) {
      vertx.close();
      journal.close();
      throw new IOException("The simulated vendors could not start on port " + port, e);
    }
  }

  public String url() {
    return "http://" + host + ":" + server.actualPort();
  }

  /** Environment variables with which a relay calls these vendors. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    vendors.forEach(vendor -> settings.putAll(vendor.settings(url())));
    return settings;
  }

  @Override
  public void close() throws IOException {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("The simulated vendors did not stop", e);
    } finally {
      journal.close();
    }
  }

  private static Router router(Vertx vertx, List<SimulatedVendor> vendors) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    Map<SimulatedVendor, CallGate> gates = new LinkedHashMap<>();
    for (SimulatedVendor vendor : vendors) {
      CallGate gate = new CallGate(vendor.name());
      gates.put(vendor, gate);
      vendor.mount(router, gate);
    }
    new SandboxEndpoints(gates).mount(router);
    return router;
  }
}
