package org.solarrelay.mapping.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.pipeline.ErrorHandling;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.routes.FailedStepRecorder;

/** An endless expression is stopped within a second, and fails only one message. */
class JqLimitSpeedTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Processor time, because other tests run at the same time. */
  private static final Duration BOUND = Duration.ofSeconds(1);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String TWICE = "(1,2)";
  private static final String A = "(\"a\" * 40) + \"!\"";

  static Stream<Arguments> endless() {
    String pipes = String.join("|", Collections.nCopies(40, TWICE));
    String sums = String.join("+", Collections.nCopies(40, TWICE));
    return Stream.of(
        endless("repeat(.)", "calls itself"),
        endless("[repeat(.)]", "calls itself"),
        endless("try repeat(.) catch 1", "calls itself"),
        endless("recurse(.)", "calls itself"),
        endless("def f: f; f", "calls itself"),
        endless("def f: 1 + f; f", "calls itself"),
        endless("def f: (f, f); f", "calls itself"),
        endless("until(false; .)", "calls itself"),
        endless("range(1e12)", "steps"),
        endless("[range(1e12)]", "steps"),
        endless("last(range(1e12))", "steps"),
        endless("reduce range(1e12) as $i (0; . + 1)", "steps"),
        endless("[limit(1e12; range(1e13))]", "steps"),
        endless("reduce (" + pipes + ") as $i (0; 1)", "steps"),
        endless("[" + sums + "] | length", "steps"),
        endless("{a: (" + pipes + ")}", "steps"),
        endless("\"x\" * 1e9", "MiB"),
        endless("1e9 * \"x\"", "MiB"),
        endless("reduce range(60) as $i (\"x\"; . + .)", "MiB"),
        endless("reduce range(60) as $i ([1]; . + .)", "MiB"),
        endless("reduce range(60) as $i (1; [., .])", "MiB"),
        endless("reduce range(60) as $i (1; {a: ., b: .})", "MiB"),
        endless("reduce range(60) as $i (\"\\\"\"; tojson)", "MiB"),
        endless("null | .[1e9] = 1", "index"),
        endless("null | .[1e9] |= 1", "index"),
        endless("[] | setpath([1e9]; 1)", "index"),
        endless(A + " | test(\"^(a+)+$\")", "regular expression"),
        endless(A + " | test(\"^(a|a)*$\")", "regular expression"),
        endless(A + " | [scan(\"^(a|aa)+$\")]", "regular expression"),
        endless(A + " | gsub(\"^(a|a)*$\"; \"\")", "regular expression"),
        endless(A + " | sub(\"(?i)^(a|a)*$\"; \"\")", "regular expression"),
        endless(A + " | split(\"^(a|a)*$\"; null)", "regular expression"));
  }

  private static Arguments endless(String expression, String why) {
    return Arguments.of(expression, why);
  }

  /**
   * Loads the language, and lets the JVM compile the count of a value's size: interpreted it may
   * reach the limit of time before the limit of size.
   */
  @BeforeAll
  static void loadTheLanguage() throws Exception {
    JqQuery doubled = JqQuery.compile("reduce range(14) as $i (1; [., .])");
    for (int i = 0; i < 20; i++) {
      doubled.evaluate(JSON.nullNode());
    }
  }

  @Timeout(20)
  @ParameterizedTest
  @MethodSource("endless")
  void isStoppedAndTheNextMessagePasses(String expression, String why) throws Exception {
    try (DefaultCamelContext camel = camel(expression)) {
      ProducerTemplate producer = camel.createProducerTemplate();
      long start = THREADS.getCurrentThreadCpuTime();
      Exchange stopped = send(producer, "{\"poison\": true}");

      assertThat(THREADS.getCurrentThreadCpuTime() - start).isLessThan(BOUND.toNanos());
      assertThat(FailedStep.of(stopped).orElseThrow().text())
          .startsWith("step setBody (consume-permits.camel.yaml:6), expression if .poison");
      assertThat(FailedStep.kind(stopped.getException()))
          .startsWith("the jq was stopped, it ")
          .contains(why);
      assertThat(send(producer, "{\"poison\": false}").getMessage().getBody(JsonNode.class))
          .isEqualTo(JSON.readTree("{\"poison\": false}"));
    }
  }

  private static Exchange send(ProducerTemplate producer, String body) throws Exception {
    JsonNode json = JSON.readTree(body);
    return producer.send("direct:permits", exchange -> exchange.getMessage().setBody(json));
  }

  private static DefaultCamelContext camel(String expression) throws Exception {
    String route =
        """
        - route:
            id: consume-permits
            from:
              uri: direct:permits
              steps:
                - setBody:
                    expression:
                      jq:
                        expression: 'if .poison then (%s) else . end'
        """
            .formatted(expression.replace("'", "''"));
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getRegistry().bind(JqRouteLanguage.BEAN, new JqLanguageBean().language());
    camel.getCamelContextExtension().addInterceptStrategy(new FailedStepRecorder());
    camel.addRoutesConfigurations(new ErrorHandling());
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("consume-permits.camel.yaml", route));
    camel.start();
    return camel;
  }
}
