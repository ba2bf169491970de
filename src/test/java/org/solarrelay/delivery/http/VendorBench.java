package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.solarrelay.RouteFiles;
import org.solarrelay.event.Event;
import org.solarrelay.ops.telemetry.LimitCounter;

/** A delivery route with its real kamelets and beans, in front of a vendor that tests make up. */
public final class VendorBench implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String destination;
  private final WireMockServer vendor;
  private final CamelContext context;

  private VendorBench(String destination, WireMockServer vendor, CamelContext context) {
    this.destination = destination;
    this.vendor = vendor;
    this.context = context;
  }

  /**
   * @param properties configuration; in their values {@code VENDOR} stands for the vendor's origin
   *     and {@code PORT} for its port
   * @param more routes beside {@code deliver-<destination>}, such as {@code enrich-from-enerflo};
   *     of each also those that carry on its name
   */
  public static VendorBench start(
      String destination,
      Map<String, Object> beans,
      Map<String, String> properties,
      String... more) {
    return start(destination, Duration.ofSeconds(2), beans, properties, more);
  }

  static VendorBench start(
      String destination,
      Duration responseTimeout,
      Map<String, Object> beans,
      Map<String, String> properties,
      String... more) {
    WireMockServer vendor = Vendor.SERVER;
    vendor.resetAll();
    VendorHttp http =
        new VendorHttp(
            Duration.ofSeconds(5),
            responseTimeout,
            64,
            new LimitCounter(new SimpleMeterRegistry()));
    Map<String, Object> all = new HashMap<>(beans);
    all.put("vendorWebClientOptions", http.webClientOptions());
    all.put("vendorHttpBinding", http.binding());
    all.put("vendorListHttpBinding", http.listBinding());
    all.put("http", http.http());
    all.put("https", http.https());
    Properties configuration = new Properties();
    properties.forEach(
        (key, value) ->
            configuration.put(
                key,
                value.replace("VENDOR", vendor.baseUrl()).replace("PORT", "" + vendor.port())));
    return new VendorBench(
        destination, vendor, RouteFiles.start(all, configuration, files(destination, more)));
  }

  private static String[] files(String destination, String... more) {
    try (Stream<Path> routes = Files.list(Path.of("routes"))) {
      String names = String.join("|", more) + "|deliver-" + destination;
      return routes
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("(" + names + ")(-.*)?\\.camel\\.yaml"))
          .map(file -> "routes/" + file)
          .toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public WireMockServer vendor() {
    return vendor;
  }

  public CamelContext context() {
    return context;
  }

  /** The exchange as the route leaves it: its body is the outcome, or it holds the exception. */
  public Exchange deliver(Event event) {
    return deliver(event, Map.of());
  }

  public Exchange deliver(Event event, Map<String, Object> headers) {
    return send("delivery:" + destination, event, headers);
  }

  /** The same for any route that was started. */
  public Exchange send(String route, Object body, Map<String, Object> headers) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeaders(new HashMap<>(headers));
    return ended(context.createProducerTemplate().send("direct:" + route, exchange));
  }

  /** With the failure as the delivery policy sees it. */
  private static Exchange ended(Exchange exchange) {
    if (exchange.getException() != null) {
      exchange.setException(FailureCause.of(exchange.getException()));
    }
    return exchange;
  }

  /** The calls of an attempt, as the database stores them. */
  public List<String> calls(Event event) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(event);
    AttemptCalls calls = new AttemptCalls();
    calls.attachTo(exchange);
    context.createProducerTemplate().send("direct:delivery:" + destination, exchange);
    return calls.list().stream()
        .map(
            call ->
                call.method()
                    + " "
                    + call.url()
                    + " "
                    + call.headers()
                    + " "
                    + call.body().text()
                    + " "
                    + call.status())
        .map(line -> line.replace(vendor.baseUrl(), "VENDOR"))
        .toList();
  }

  /** The same, of a delivery that was held and approved. */
  public Exchange deliverApproved(Event event) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(event);
    exchange.setVariable("approved", true);
    return ended(context.createProducerTemplate().send("direct:delivery:" + destination, exchange));
  }

  /** An event of the CRM about record 4711. */
  public static Event event(String type, String data) {
    return event("crm", type, "4711", data);
  }

  public static Event event(String source, String type, String subject, String data) {
    OffsetDateTime time = OffsetDateTime.parse("2026-03-01T12:00:00Z");
    return Event.builder()
        .id("event-1")
        .source(source)
        .type(type)
        .subject(subject)
        .time(time)
        .data(json(data))
        .build();
  }

  private static ObjectNode json(String data) {
    try {
      return (ObjectNode) JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(data, e);
    }
  }

  /** A file of src/test/resources. */
  public static String fixture(String path) {
    try (InputStream file = VendorBench.class.getResourceAsStream("/" + path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.stop();
  }

  /** One server for all benches of this JVM, of which one runs at a time. */
  private static final class Vendor {

    static final WireMockServer SERVER =
        new WireMockServer(options().dynamicPort().containerThreads(100));

    static {
      SERVER.start();
    }
  }
}
