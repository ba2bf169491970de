package org.solarrelay.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.solarrelay.config.InvalidSettingsException;
import org.solarrelay.pipeline.ErrorHandling;

/** Route files in a plain Camel context, which are swapped while messages are under way. */
final class Bench implements AutoCloseable {

  /** Called in the middle of a route; blocks messages there. */
  public static final class Turnstile {
    private volatile CompletableFuture<Void> closed = CompletableFuture.completedFuture(null);
    private volatile CompletableFuture<Void> reached = new CompletableFuture<>();

    void close() {
      closed = new CompletableFuture<>();
      reached = new CompletableFuture<>();
    }

    void open() {
      closed.complete(null);
    }

    void awaitMessage() throws Exception {
      reached.get(5, TimeUnit.SECONDS);
    }

    public Object pass(Object body) throws Exception {
      reached.complete(null);
      closed.get(10, TimeUnit.SECONDS);
      return body;
    }
  }

  final CamelContext camel = new DefaultCamelContext();
  final Turnstile turnstile = new Turnstile();
  final ActiveRoutes routes;
  final ProducerTemplate sender;
  final Map<String, String> files = new TreeMap<>();

  /** The files whose settings were applied, in order. */
  final List<Map<String, String>> settings = new ArrayList<>();

  /** Files whose settings cannot be used. */
  Predicate<Map<String, String>> invalidSettings = files -> false;

  /**
   * @param files path and text in turn
   */
  Bench(String... files) throws Exception {
    this(camel -> {}, files);
  }

  /**
   * @param furnish adds what the routes need
   */
  Bench(Consumer<CamelContext> furnish, String... files) throws Exception {
    camel.addComponent("direct", new SwappableDirect());
    camel.getComponent("kamelet", KameletComponent.class).setLocation("none");
    camel.getRegistry().bind("turnstile", turnstile);
    camel.getShutdownStrategy().setTimeout(2);
    furnish.accept(camel);
    camel.addRoutesConfigurations(new ErrorHandling());
    routes = new ActiveRoutes(camel, this::adopt, text -> text.replace("a-secret", "***"));
    put(files);
    routes.load(this.files);
    camel.start();
    sender = camel.createProducerTemplate();
  }

  private void adopt(Map<String, String> files) {
    if (invalidSettings.test(files)) {
      throw InvalidSettingsException.of(
          new IllegalArgumentException("relay.destinations.slack.in-flight: a-secret"),
          Set.of("relay.destinations.slack.in-flight"));
    }
    settings.add(files);
  }

  /** A route whose result is the texts of its steps. */
  static String route(String id, String... steps) {
    StringBuilder yaml =
        new StringBuilder(
            """
            - route:
                id: %s
                description: For a test
                from:
                  uri: direct:%s
                  steps:
            """
                .formatted(id, id));
    for (String step : steps) {
      yaml.append(step.indent(10));
    }
    return yaml.toString();
  }

  /** A step that adds a text to the body. */
  static String add(String text) {
    return """
    - setBody:
        expression:
          simple:
            expression: ${body}%s
    """
        .formatted(text);
  }

  static String to(String uri) {
    return """
    - to:
        uri: %s
    """
        .formatted(uri);
  }

  /** A step that blocks messages while the turnstile is closed. */
  static String pass() {
    return """
    - bean:
        ref: turnstile
        method: pass
    """;
  }

  /** A kamelet that adds a text to the body. */
  static String kamelet(String name, String text) {
    return """
    apiVersion: camel.apache.org/v1
    kind: Kamelet
    metadata:
      name: %s
    spec:
      definition:
        title: For a test
      template:
        from:
          uri: kamelet:source
          steps:
    """
            .formatted(name)
        + text.indent(8);
  }

  void put(String... pathsAndTexts) {
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
  }

  void swap(String... pathsAndTexts) throws RouteSwapException {
    put(pathsAndTexts);
    routes.swap(files);
  }

  String send(String route) {
    return sender.requestBody("direct:" + route, "", String.class);
  }

  CompletableFuture<String> sendAndPass(String route) throws Exception {
    turnstile.close();
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> send(route));
    turnstile.awaitMessage();
    return answer;
  }

  Exchange exchange(String route) {
    return sender.request("direct:" + route, it -> it.getMessage().setBody(""));
  }

  Route inForce(String name) {
    return camel.getRoute(routes.routes().get(name).id());
  }

  @Override
  public void close() {
    turnstile.open();
    camel.stop();
  }
}
