package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.routes.Bench.add;
import static org.solarrelay.routes.Bench.kamelet;
import static org.solarrelay.routes.Bench.pass;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;

class ActiveRoutesTest {

  private static final String A = "a.camel.yaml";
  private static final String B = "b.camel.yaml";
  private static final String K = "kamelets/k.kamelet.yaml";
  private static final String L = "kamelets/l.kamelet.yaml";

  @Test
  void aMessageAfterTheSwapEntersTheChangedRoute() throws Exception {
    try (Bench bench = new Bench(A, route("a", add("1")))) {
      assertThat(bench.send("a")).isEqualTo("1");

      bench.swap(A, route("a", add("2")));

      assertThat(bench.send("a")).isEqualTo("2");
    }
  }

  @Test
  void aMessageUnderWayStaysInTheRoutesThatItEntered() throws Exception {
    try (Bench bench =
        new Bench(
            A,
            route("a", pass(), to("direct:b")),
            B,
            route("b", add("1"), to("direct:c")),
            "c.camel.yaml",
            route("c", add("1")))) {
      CompletableFuture<String> inside = bench.sendAndPass("a");

      bench.files.remove("c.camel.yaml");
      bench.swap(A, route("a", to("direct:b")), B, route("b", add("2")));
      bench.routes.retire();
      assertThat(bench.send("a")).isEqualTo("2");

      bench.turnstile.open();
      assertThat(inside.get(5, TimeUnit.SECONDS)).isEqualTo("11");
    }
  }

  @Test
  void whatDidNotChangeKeepsRunning() throws Exception {
    try (Bench bench =
        new Bench(A, route("a", add("1")) + route("a-more", add("1")), B, route("b", add("1")))) {
      Route b = bench.inForce("b");
      Route more = bench.inForce("a-more");

      bench.swap(A, route("a", add("2")) + route("a-more", add("1")));

      assertThat(bench.inForce("b")).isSameAs(b);
      assertThat(bench.inForce("a-more")).isSameAs(more);
      assertThat(bench.send("a-more") + bench.send("a")).isEqualTo("12");
    }
  }

  @Test
  void aChangedKameletChangesTheRoutesThatCallItBeItByAnother() throws Exception {
    try (Bench bench =
        new Bench(
            K,
            kamelet("k", to("kamelet:l")),
            L,
            kamelet("l", add("1")),
            A,
            route("a", to("kamelet:k")),
            B,
            route("b", add("b")))) {
      Route b = bench.inForce("b");
      assertThat(bench.send("a")).isEqualTo("1");

      bench.swap(L, kamelet("l", add("2")));

      assertThat(bench.send("a")).isEqualTo("2");
      assertThat(bench.inForce("b")).isSameAs(b);
    }
  }

  @Test
  void aChangedKameletIsCalledWhereAParameterNamesItToo() throws Exception {
    String call = KaotoForm.of(route("a", to("kamelet:k")));
    assertThat(call).contains("templateId: k");
    try (Bench bench = new Bench(K, kamelet("k", add("1")), A, call)) {
      bench.swap(K, kamelet("k", add("2")));

      assertThat(bench.send("a")).isEqualTo("2");
    }
  }

  @Test
  void aRouteMayCallAKameletThatOthersCallAlready() throws Exception {
    try (Bench bench = new Bench(K, kamelet("k", add("1")), A, route("a", to("kamelet:k")))) {
      bench.swap(B, route("b", to("kamelet:k"), add("b")));
      bench.routes.retire();
      bench.swap(A, route("a", add("none")));
      bench.routes.retire();

      assertThat(bench.send("b")).isEqualTo("1b");
    }
  }

  @Test
  void aRouteThatCannotBeStartedChangesNothing() throws Exception {
    try (Bench bench = new Bench(A, route("a", add("1")), B, route("b", add("1")))) {
      assertThatThrownBy(
              () ->
                  bench.swap(
                      A, route("a", add("2")),
                      B, route("b", to("timer:x?period=often"))))
          .isInstanceOf(RouteSwapException.class)
          .hasMessageContaining("often")
          .extracting(e -> ((RouteSwapException) e).file())
          .isEqualTo(B);

      assertThat(bench.send("a") + bench.send("b")).isEqualTo("11");
      bench.swap(A, route("a", add("3")), B, route("b", add("3")));
      assertThat(bench.send("a") + bench.send("b")).isEqualTo("33");
      bench.routes.retire();
      assertThat(bench.camel.getRoutes()).hasSize(2);
    }
  }

  @Test
  void aDeletedRouteReceivesNoMoreMessages() throws Exception {
    try (Bench bench = new Bench(A, route("a", add("1")), B, route("b", add("1")))) {
      bench.files.remove(B);
      bench.swap();

      assertThat(bench.exchange("b").getException())
          .isInstanceOf(DirectConsumerNotAvailableException.class);
    }
  }

  @Test
  void aRenamedRouteServesUnderItsNewName() throws Exception {
    try (Bench bench = new Bench(A, route("a", add("1")))) {
      bench.files.remove(A);
      bench.swap(B, route("b", add("1")));

      assertThat(bench.send("b")).isEqualTo("1");
    }
  }

  @Test
  void aTimerDoesNotGoOnBesideItsSuccessor() throws Exception {
    String timer = route("a", pass()).replace("direct:a", "timer:a?delay=1&period=50");
    try (Bench bench = new Bench(A, timer)) {
      String first = bench.inForce("a").getId();
      bench.swap(A, timer.replace("period=50", "period=60"));
      String second = bench.inForce("a").getId();
      await().until(() -> bench.camel.getInflightRepository().size(first) == 0);
      bench.routes.retire();

      assertThat(bench.camel.getRoute(first)).isNull();
      assertThat(bench.camel.getRouteController().getRouteStatus(second).isStarted()).isTrue();
    }
  }

  @Test
  void retiredRoutesAreRemovedAfterTheirLastMessage() throws Exception {
    try (Bench bench = new Bench(K, kamelet("k", add("0")), A, route("a", to("kamelet:k")))) {
      ModelCamelContext model = (ModelCamelContext) bench.camel;
      int routes = bench.camel.getRoutes().size();
      int endpoints = bench.camel.getEndpoints().size();

      for (int i = 1; i <= 10; i++) {
        bench.swap(K, kamelet("k", add("" + i)));
        assertThat(bench.send("a")).isEqualTo("" + i);
        bench.routes.retire();
      }

      assertThat(bench.camel.getRoutes()).hasSize(routes);
      assertThat(bench.camel.getEndpoints()).hasSize(endpoints);
      assertThat(model.getRouteDefinitions()).hasSize(routes);
      assertThat(model.getRouteTemplateDefinitions()).hasSize(1);
    }
  }
}
