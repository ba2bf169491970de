package org.solarrelay.mapping.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/jq.md have the results that the page shows. */
class JqPageTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAGE = page();
  private static final Pattern RECIPE =
      Pattern.compile(
          "### (.+?)\\n.*?```jq\\n(.+?)```.*?```json\\n(.+?)```.*?```json\\n(.+?)```",
          Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("\\| `(.+?)` \\| (`(.+?)`|fails|no value)[^|]*\\|");

  private static String page() {
    try {
      return Files.readString(Path.of("docs/jq.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String section(String title) {
    String from = PAGE.substring(PAGE.indexOf("## " + title));
    int end = from.indexOf("\n## ");
    return end < 0 ? from : from.substring(0, end);
  }

  static Stream<Arguments> recipes() {
    return RECIPE
        .matcher(section("Recipes"))
        .results()
        .map(it -> Arguments.of(it.group(1), it.group(2), it.group(3), it.group(4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void aRecipeMakesWhatItShows(String name, String expression, String input, String values)
      throws Exception {
    assertThat(JqQuery.compile(expression).refusals()).isEmpty();
    assertThat(JqQuery.compile(expression).evaluate(JSON.readTree(input))).isEqualTo(json(values));
  }

  @Test
  void thereAreTenRecipes() {
    assertThat(recipes()).hasSize(10);
  }

  static Stream<Arguments> missing() {
    return ROW.matcher(section("A missing field"))
        .results()
        .map(
            (MatchResult it) ->
                Arguments.of(it.group(1), it.group(2).equals("no value") ? "" : it.group(3)));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void aMissingFieldBehavesAsTheTableSays(String expression, String value) throws Exception {
    JqQuery query = JqQuery.compile(expression.replace("\\|", "|"));
    JsonNode event = JSON.readTree("{\"data\": {}}");
    if (value == null) {
      assertThatThrownBy(() -> query.evaluate(event)).isInstanceOf(JsonQueryException.class);
    } else {
      assertThat(query.evaluate(event)).isEqualTo(json(value));
    }
  }

  @Test
  void theTableOfMissingFieldsIsRead() {
    assertThat(missing().count()).isGreaterThan(9);
  }

  @Test
  void everyFunctionOfTheNormalisationIsListed() {
    assertThat(NormalizingFunction.all().keySet())
        .allSatisfy(
            name -> assertThat(section("Functions")).contains("`" + name.replaceAll("/.*", "")));
  }

  /** A sequence of JSON values. */
  private static List<JsonNode> json(String values) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(values)) {
      while (parser.nextToken() != null) {
        all.add(JSON.readTree(parser));
      }
    }
    return all;
  }
}
