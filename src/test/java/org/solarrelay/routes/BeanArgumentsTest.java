package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Camel passes texts to beans; the lint rule for arguments relies on it. */
class BeanArgumentsTest {

  /** Returns its arguments. */
  public static final class Echo {
    public String plain(String text) {
      return "[" + text + "]";
    }

    public String annotated(@Body String body, @Variable("text") String text) {
      return "[" + text + "]";
    }
  }

  private static DefaultCamelContext camel;

  @BeforeAll
  static void start() throws Exception {
    camel = new DefaultCamelContext();
    camel.getRegistry().bind("echo", new Echo());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:bare").bean("echo", "plain(${variable.text})");
            from("direct:quoted").bean("echo", "plain('${variable.text}')");
            from("direct:annotated").bean("echo", "annotated");
          }
        });
    camel.start();
  }

  @AfterAll
  static void stop() {
    camel.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "12",
        "-1",
        "NaN",
        "'x'",
        "\"x\"",
        "a,b",
        "a)",
        "java.lang.String.class",
        "${body}",
        "${variable.text}",
        " x ",
        "{{x}}",
        "x.class",
        "O'Brien"
      })
  void anAnnotatedParameterReceivesTheTextUnchanged(String text) {
    assertThat(echo("annotated", text)).isEqualTo("[" + text + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "12",
        "-1",
        "NaN",
        "a,b",
        "a)",
        "java.lang.String.class",
        "${body}",
        "${variable.text}",
        " x ",
        "{{x}}",
        "x.class",
        "O'Brien"
      })
  void anArgumentInQuotesIsTheTextUnchanged(String text) {
    assertThat(echo("quoted", text)).isEqualTo("[" + text + "]");
  }

  @Test
  void withoutQuotesTheTextNullBecomesNoValue() {
    assertThat(echo("bare", "null")).isEqualTo("[null]");
    assertThat(echo("bare", "'x'")).isEqualTo("[x]");
  }

  private static String echo(String route, String text) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody("body");
    exchange.setVariable("text", text);
    return camel
        .createProducerTemplate()
        .send("direct:" + route, exchange)
        .getMessage()
        .getBody(String.class);
  }
}
