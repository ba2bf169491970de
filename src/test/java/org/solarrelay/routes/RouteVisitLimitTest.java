package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.routes.Bench.add;
import static org.solarrelay.routes.Bench.kamelet;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.solarrelay.event.InvalidMessageException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RouteVisitLimitTest {

  private static final String A = "a.camel.yaml";
  private static final String B = "b.camel.yaml";
  private static final String K = "kamelets/k.kamelet.yaml";

  @Test
  void aRouteThatCallsItselfEndsTheMessageAndNamesItself() throws Exception {
    try (Bench bench = bench(5, A, route("a", add("1"), to("direct:a")))) {
      Exchange exchange = bench.exchange("a");

      assertThat(exchange.getException())
          .isInstanceOf(InvalidMessageException.class)
          .hasMessage(
              "the message visited 5 routes and would go on: a → a. A route calls itself, or a loop"
                  + " does not end");
      assertThat(exchange.getMessage().getBody()).isEqualTo("11111");
    }
  }

  @Test
  void aCircleOverRoutesAndAKameletIsNamedAsAWhole() throws Exception {
    try (Bench bench =
        bench(
            10,
            A,
            route("a", to("direct:b")),
            B,
            route("b", add("1"), to("kamelet:k")),
            K,
            kamelet("k", to("direct:b")))) {
      assertThat(bench.exchange("a").getException())
          .hasMessageMatching(".*: (b → k.* → b|k.* → b → k.*)\\..*");
    }
  }

  @Test
  void theNumberOfAReloadIsNoPartOfTheNames() throws Exception {
    try (Bench bench = bench(5, A, route("a", add("1")))) {
      bench.swap(A, route("a", to("direct:a")));

      assertThat(bench.exchange("a").getException()).hasMessageContaining(": a → a.");
    }
  }

  @Test
  void aMessageMayVisitAsManyRoutesAsTheLimit() throws Exception {
    String[] calls = new String[4];
    Arrays.fill(calls, to("direct:b"));
    try (Bench bench = bench(5, A, route("a", calls), B, route("b", add("1")))) {
      assertThat(bench.send("a")).isEqualTo("1111");
    }
    try (Bench bench = bench(4, A, route("a", calls), B, route("b", add("1")))) {
      assertThat(bench.exchange("a").getException()).hasMessageContaining("visited 4 routes");
    }
  }

  @Test
  void aLoopThatCallsARouteForEverEnds() throws Exception {
    String loop =
        """
        - loop:
            doWhile: true
            expression:
              constant:
                expression: true
            steps:
              - to:
                  uri: direct:b
        """;
    try (Bench bench = bench(100, A, route("a", loop), B, route("b", add("1")))) {
      assertThat(bench.exchange("a").getException()).hasMessageContaining("visited 100 routes");
    }
  }

  @Test
  void thePartsOfASplitMessageCountOnTheirOwn() throws Exception {
    String split = split("to:\n        uri: direct:b");
    try (Bench bench = bench(2, A, route("a", split), B, route("b", add("1")))) {
      assertThat(bench.exchange("a").getException()).isNull();
    }
  }

  @Test
  void aSplitInACircleEndsAsFastAsOneCall() throws Exception {
    try (Bench bench = bench(200, A, route("a", split("to:\n        uri: direct:a")))) {
      bench.exchange("a");

      assertThat(bench.camel.getInflightRepository().size()).isZero();
    }
  }

  private static String split(String step) {
    return """
    - split:
        expression:
          simple:
            expression: ${body.split(',')}
        steps:
          - setBody:
              expression:
                constant:
                  expression: "1,2,3"
          - %s
    """
        .formatted(step.indent(0).strip().replace("\n", "\n    "));
  }

  private static Bench bench(int limit, String... files) throws Exception {
    return new Bench(
        camel -> camel.getCamelContextExtension().addInterceptStrategy(new RouteVisitLimit(limit)),
        files);
  }
}
