package org.solarrelay.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;

/** The figures of destinations on the pages Now and Destinations. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class DestinationsPageTest {

  /** Such a destination is not configured; it is shown because a delivery waits for it. */
  private static final String NAME = "plotted";

  private static final String HOSTILE = "<b>ann@example.com</b>";

  @Inject DataSource database;

  @BeforeEach
  void addMinutesAndAQueue() throws SQLException {
    HistoryClient.awaitDatabase();
    removeThem();
    execute(
        """
        insert into destination_minute
        select date_trunc('minute', now()) - n * interval '1 min', '%1$s', 6, 2, 0, 0, 240, 2100,
          '{58}', '{6}', 10000, 3, 4, 61
        from unnest(array[0, 1, 2, 3, 4, 30]) as n
        """
            .formatted(NAME));
    execute(
        """
        insert into delivery_work (source, event_id, destination, record, bytes, due_at)
        select 'crm', 'plotted-' || n, '%1$s', 'crm:%2$s', 0, 'infinity' from generate_series(1, 12) n
        """
            .formatted(NAME, HOSTILE));
  }

  @AfterEach
  void removeThem() throws SQLException {
    execute("delete from destination_minute where destination = '%s'".formatted(NAME));
    execute("delete from delivery_work where destination = '%s'".formatted(NAME));
  }

  @Test
  void theTileOfADestinationHasItsFigures() {
    String page = page("/console");
    int begin = page.indexOf("/console/destinations/" + NAME + "\"");
    String tile = page.substring(begin, page.indexOf("</article>", begin));

    assertThat(tile).contains("6.0 in a minute");
    assertThat(tile).containsPattern("p50, p95</dt><dd>2\\d\\d ms, 2\\d\\d ms</dd>");
    assertThat(count("class=\"delivered\"", tile)).isBetween(5, 6);
    assertThat(count("class=\"failed\"", tile)).isBetween(5, 6);
    assertThat(count("<tr><th scope=\"row\">", tile)).isBetween(5, 6);
    assertThat(page).containsPattern("error budget left: -?\\d+ %");
    assertThat(page).contains("<th scope=\"row\">" + NAME + "</th>");
  }

  @ParameterizedTest
  @CsvSource({
    "'', minute, 5",
    "?range=hour, minute, 5",
    "?range=day, hour, 1",
    "?range=week, hour, 1"
  })
  void theRangeOfThePlotsIsInTheAddress(String range, String step, int fewestRows) {
    String page = page("/console/destinations/" + NAME + range);

    assertThat(page).contains("of each " + step).contains("<polyline class=\"p95\"");
    assertThat(count("<tr><th scope=\"row\"><time", page)).isGreaterThanOrEqualTo(2 * fewestRows);
    assertThat(count("aria-current=\"true\"", page)).isEqualTo(1);
    assertThat(page).doesNotContain("style=\"height", "NOT_FOUND");
  }

  @Test
  void thePageSaysHowLongDrainingTakesAndWhichRecordsWait() {
    String page = page("/console/destinations/" + NAME);

    assertThat(page).contains("Draining takes about 2 min at the present rate.");
    assertThat(page).contains("crm:&lt;b&gt;a…@example.com");
    assertThat(page).containsPattern("<td class=\"number\">12</td>");
  }

  @Test
  void anotherRangeIsRejected() {
    given()
        .header("Authorization", "Bearer operator-token")
        .get("/console/destinations/flip?range=year")
        .then()
        .statusCode(400)
        .body(containsString("range is one of hour, day, week"));
  }

  private static String page(String path) {
    return given()
        .header("Authorization", "Bearer operator-token")
        .get(path)
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static int count(String text, String page) {
    Matcher found = Pattern.compile(Pattern.quote(text)).matcher(page);
    return (int) found.results().count();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
