package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/scale.md has the tables of bench/ScaleModel.java; -Dcontracts.write=true renders them. */
class ScalePageTest {

  private static final Path PAGE = Path.of("docs/scale.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- bench/scale (\\w+) -->\n\n(?:\\|.*\n)*");

  @Test
  void thePageHasTheTablesOfTheModel() throws Exception {
    Map<String, String> tables =
        TABLE
            .matcher(outputOfTheModel())
            .results()
            .collect(Collectors.toMap(table -> table.group(1), MatchResult::group));
    String page = Files.readString(PAGE);
    assertThat(TABLE.matcher(page).results().map(table -> table.group(1)))
        .containsExactlyInAnyOrderElementsOf(tables.keySet());
    String rendered =
        TABLE
            .matcher(page)
            .replaceAll(table -> Matcher.quoteReplacement(tables.get(table.group(1))));
    if (Boolean.getBoolean("contracts.write")) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(PAGE)
        .as("render the page with:  mvn test -Dtest=ScalePageTest -Dcontracts.write=true")
        .hasContent(rendered);
  }

  private static String outputOfTheModel() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process model =
        new ProcessBuilder(java.toString(), "bench/ScaleModel.java")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(model.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(model.waitFor()).isZero();
    return output;
  }
}
