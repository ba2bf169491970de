package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.Event;

class LogContextTest {

  static final LogContext EVENT =
      LogContext.delivery(
          Event.builder().id("event-1").receipt("receipt-1").build(), "enerflo", "trace-1");

  private static final Map<String, String> ALL =
      Map.of(
          "labels.receipt", "receipt-1",
          "event.id", "event-1",
          "labels.destination", "enerflo",
          "trace.id", "trace-1");

  private final ExecutorService vendor = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    vendor.shutdownNow();
  }

  @Test
  void theFieldsHaveEcsNamesUntilTheScopeIsClosed() {
    try (LogContext.Scope scope = EVENT.enter()) {
      assertThat(LogContext.currentFields()).isEqualTo(ALL);
    }
    assertThat(LogContext.currentFields()).isEmpty();
  }

  @Test
  void anInnerScopeReplacesTheContextUntilItIsClosed() {
    try (LogContext.Scope outer = EVENT.enter()) {
      try (LogContext.Scope inner = LogContext.message("leads-0-2", "trace-2").enter()) {
        assertThat(LogContext.currentFields())
            .isEqualTo(Map.of("event.id", "leads-0-2", "trace.id", "trace-2"));
      }
      assertThat(LogContext.currentFields()).isEqualTo(ALL);
    }
  }

  @Test
  void aRouteHasTheContextOnEveryThreadAndLeavesNoneBehind() throws Exception {
    List<Map<String, String>> atTheEnd = new CopyOnWriteArrayList<>();
    List<String> threads = new CopyOnWriteArrayList<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getCamelContextExtension().addInterceptStrategy(new LogContextInterceptor());
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:deliver")
                  .process(exchange -> threads.add(Thread.currentThread().getName()))
                  .process(new Call())
                  .process(exchange -> atTheEnd.add(LogContext.currentFields()))
                  .process(exchange -> threads.add(Thread.currentThread().getName()));
            }
          });
      camel.start();
      camel.createProducerTemplate().send("direct:deliver", EVENT::attachTo);
    }

    assertThat(threads).hasSize(2).doesNotHaveDuplicates();
    assertThat(atTheEnd).containsExactly(ALL);
    assertThat(vendor.submit(LogContext::currentFields).get()).isEmpty();
    assertThat(LogContext.currentFields()).isEmpty();
  }

  /** Continues the exchange on another thread, like a vendor's response. */
  private final class Call extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      vendor.execute(() -> callback.done(false));
      return false;
    }
  }
}
