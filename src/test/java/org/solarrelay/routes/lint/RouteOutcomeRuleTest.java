package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteOutcomeRuleTest {

  private static final Lint LINT = new Lint();

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      nullValues = "-",
      value = {
        "delivered() # -",
        "delivered('.id') # -",
        "delivered('.ids[0] | tostring') # -",
        "skipped('why') # -",
        "delivered                      # Camel cannot know which \"delivered\" of routeOutcome is meant",
        "delivered(${body}, '$.id')     # routeOutcome takes the response by itself",
        "delivered('.id |')             # the jq .id | cannot be read",
        "delivered('env')               # in the jq env"
      })
  void theResponseIsTakenByJq(String method, String problem) {
    List<String> problems =
        LINT
            .check(
                Map.of(
                    "deliver-acme.camel.yaml",
                    """
                    - route:
                        id: deliver-acme
                        description: Leads to Acme
                        from:
                          uri: delivery:acme
                          steps:
                            - bean:
                                ref: routeOutcome
                                method: "%s"
                    """
                        .formatted(method)))
            .stream()
            .map(Problem::toString)
            .filter(it -> it.contains("Write delivered()"))
            .toList();

    if (problem == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).hasSize(1);
      assertThat(problems.get(0)).contains("deliver-acme.camel.yaml:9: " + problem);
    }
  }
}
