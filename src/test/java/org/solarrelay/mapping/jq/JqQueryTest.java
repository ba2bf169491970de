package org.solarrelay.mapping.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqQueryTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "call 801-555-0142 after 5"      | phone("US")      | "801-555-0142"
          8015550142                       | phone("US")      | "8015550142"
          "0011 61 412 345 678"            | phone("au")      | "+61412345678"
          "000-000-0000"                   | phone("US")      | null
          "utah"                           | us_state         | "UT"
          "Calif."                         | us_state         | "CA"
          "Puerto Rico"                    | us_state         | "PR"
          "Ontario"                        | us_state         | null
          "WA"                             | us_state         | "WA"
          "New South Wales"                | us_state         | null
          2134                             | zip              | "02134"
          "84601-1234"                     | zip              | "84601-1234"
          "none"                           | zip              | null
          "Ada <mailto:ada@example.com>."  | email            | "ada@example.com"
          "ada at example"                 | email            | null
          "  Ada \\t Example "             | trimmed          | "Ada Example"
          "   "                            | trimmed          | null
          "April 18, 2026"                 | date             | "2026-04-18"
          "2026-04-18T10:00:00Z"           | date             | "2026-04-18"
          1776506400                       | date             | "2026-04-18"
          "04/05/2026"                     | date             | null
          "04/05/2026"                     | date("US")       | "2026-04-05"
          "04/05/2026"                     | date("AU")       | "2026-05-04"
          "soon"                           | date             | null
          """)
  void aFunctionOfTheNormalisation(String input, String expression, String value) throws Exception {
    assertThat(evaluate(expression, input)).containsExactly(JSON.readTree(value));
  }

  static Stream<String> functions() {
    return Stream.of(
        "phone(\"US\")", "us_state", "zip", "email", "trimmed", "date", "date(\"US\")");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void whatIsUnusableIsNull(String function) throws Exception {
    for (String input : List.of("null", "true", "{}", "[]", "\"\"", "{\"a\":\"b\"}")) {
      assertThat(evaluate(function, input)).as(input).containsExactly(NullNode.getInstance());
    }
    assertThat(evaluate(".a.b | " + function, "{}")).containsExactly(NullNode.getInstance());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          env ~ jq has no environment here: env
          env.HOME ~ jq has no environment here: env
          $ENV.HOME ~ jq has no environment here: $ENV
          {a: [$ENV]} ~ jq has no environment here: $ENV
          "\\(env)" ~ jq has no environment here: env
          input ~ jq has no further input here: input
          [inputs] ~ jq has no further input here: inputs
          input_filename ~ jq has no further input here: input_filename
          import "a" as a; . ~ jq reads no files here: import
          include "a"; . ~ jq reads no files here: import
          .data.phone | phon("US")     ~ there is no such jq function: phon/1
          phone                          ~ there is no such jq function: phone/0
          debug_scope                    ~ there is no such jq function: debug_scope/0
          """)
  void whatReachesBeyondTheMessageIsRejected(String expression, String problem) throws Exception {
    assertThat(JqQuery.compile(expression).refusals())
        .singleElement()
        .extracting(JqRefusal::problem)
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def env: 1; env",
        "def f(g; $x): g + $x + x; f(1; 2)",
        ".env.input",
        "{env: .input}",
        "def f: def g: 1; g; f",
        "@base64 \"a\\(.b)\"",
        "variable(\"a\") + header(\"b\")",
        "path(..) | length",
      })
  void whatStaysInTheMessageIsNotRefused(String expression) throws Exception {
    assertThat(JqQuery.compile(expression).refusals()).isEmpty();
  }

  @Test
  void nothingReachesTheEnvironmentEvenUnchecked() throws Exception {
    for (String expression : List.of("env", "$ENV", "input", "include \"a\"; .", "debug_scope")) {
      assertThatThrownBy(() -> evaluate(expression, "{}"))
          .as(expression)
          .isInstanceOf(JsonQueryException.class);
    }
  }

  @Test
  void anExpressionThatIsNestedTooDeepCannotBeRead() {
    String nested = "(".repeat(100_000) + "." + ")".repeat(100_000);

    assertThatThrownBy(() -> JqQuery.compile(nested)).isInstanceOf(JsonQueryException.class);
  }

  /** Limits change no value: paths, assignments, labels and closures work with them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\'',
      textBlock =
          """
          [1,[2,3]] ~ [paths] ~ [[0],[1],[1,0],[1,1]]
          {"a":{"b":1}} ~ .a.b |= . + 1 ~ {"a":{"b":2}}
          {"a":[1,2,3]} ~ .a[1] = 9 ~ {"a":[1,9,3]}
          {"a":[1,2,3]} ~ del(.a[0]) ~ {"a":[2,3]}
          {"a":1,"b":null} ~ with_entries(select(.value != null)) ~ {"a":1}
          [1,2,3,4] ~ first(.[] | select(. > 2)) ~ 3
          [3,1,2] ~ sort_by(-.) ~ [3,2,1]
          {"a":1} ~ . as {a: $x} | [$x, $x] ~ [1,1]
          null ~ [limit(3; repeat(1))] ~ [null,1,1]
          5 ~ [while(. > 0; . - 1)] ~ [5,4,3,2,1]
          "a1b2" ~ gsub("[0-9]"; "-") ~ "a-b-"
          "a1b2" ~ [scan("[a-z]")] ~ ["a","b"]
          "Ada Example" ~ capture("(?<f>\\\\w+) (?<l>\\\\w+)") ~ {"f":"Ada","l":"Example"}
          [1,2] ~ reduce .[] as $x (0; . + $x) ~ 3
          {"a":"x"} ~ "\\(.a)-\\(.b)" ~ "x-null"
          {} ~ try error("no") catch . ~ "no"
          [1,2] ~ def f(g): map(g); f(. * 2) ~ [2,4]
          """)
  void anOrdinaryExpressionIsJqs(String input, String expression, String value) throws Exception {
    assertThat(evaluate(expression, input)).containsExactly(JSON.readTree(value));
  }

  @Test
  void threadsShareAnExpressionThatDefinesFunctions() throws Exception {
    JqQuery query = JqQuery.compile("def f($x): if $x > 50 then $x else f($x + 1) end; f(.)");
    List<List<JsonNode>> values =
        Stream.generate(() -> JSON.getNodeFactory().numberNode(1))
            .limit(200)
            .parallel()
            .map(input -> evaluated(query, input))
            .toList();

    assertThat(values).allMatch(value -> value.get(0).asInt() == 51);
  }

  private static List<JsonNode> evaluated(JqQuery query, JsonNode input) {
    try {
      return query.evaluate(input);
    } catch (JsonQueryException e) {
      throw new AssertionError(e);
    }
  }

  private static List<JsonNode> evaluate(String expression, String input) throws Exception {
    return JqQuery.compile(expression).evaluate(JSON.readTree(input));
  }
}
