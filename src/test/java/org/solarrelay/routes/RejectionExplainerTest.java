package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solarrelay.routes.lint.Problem;

class RejectionExplainerTest {

  private static final String SCHEMA = "schemas/permit.issued.schema.json";
  private static final String FAN_OUT = "fan-out.camel.yaml";
  private static final String SLACK = "deliver-slack.camel.yaml";
  private static final Problem NO_TYPE =
      new Problem(FAN_OUT, 17, 3, "there is no event type \"permit.issued\"", "There is others");
  private static final Problem CASE =
      new Problem("tests/x.test.yaml", 4, 1, "no permit.issued came", "Change the route");

  @Test
  void whatARejectedNewFileAddsIsNotSaidToBeMissing() {
    Map<String, List<Problem>> explained =
        new RejectionExplainer(Map.of(SCHEMA, "new", FAN_OUT, "new"), Map.of(FAN_OUT, "old"))
            .explain(Map.of(SCHEMA, List.of(CASE), FAN_OUT, List.of(NO_TYPE, CASE)));

    assertThat(explained.get(FAN_OUT))
        .extracting(Problem::fix)
        .containsExactly(SCHEMA + " adds it and is rejected as well", CASE.fix());
    assertThat(explained.get(SCHEMA)).containsExactly(CASE);
  }

  @Test
  void theRouteOfADestinationThatIsRejectedIsNotSaidToBeMissing() {
    Problem noRoute =
        new Problem(FAN_OUT, 49, 24, "no route begins at delivery:slack", "There is x");

    assertThat(
            new RejectionExplainer(Map.of(SLACK, "new", FAN_OUT, "new"), Map.of(FAN_OUT, "old"))
                .explain(Map.of(SLACK, List.of(CASE), FAN_OUT, List.of(noRoute)))
                .get(FAN_OUT))
        .extracting(Problem::fix)
        .containsExactly(SLACK + " adds it and is rejected as well");
  }

  @Test
  void aFileInForceAndAFileOfALongerNameExplainNothing() {
    Map<String, List<Problem>> rejected =
        Map.of(
            SCHEMA,
            List.of(CASE),
            "schemas/permit.issued-late.schema.json",
            List.of(CASE),
            FAN_OUT,
            List.of(NO_TYPE));
    Map<String, String> folder = Map.of(SCHEMA, "b", FAN_OUT, "b");

    assertThat(new RejectionExplainer(folder, Map.of(SCHEMA, "a", FAN_OUT, "a")).explain(rejected))
        .containsEntry(FAN_OUT, List.of(NO_TYPE));
  }

  @Test
  void theRejectionOfARemovalSaysThatItIsOne() {
    Problem called =
        new Problem(FAN_OUT, 75, 24, "no route begins at delivery:slack", "There is x");

    assertThat(
            new RejectionExplainer(Map.of(FAN_OUT, "a"), Map.of(FAN_OUT, "a", SLACK, "a"))
                .explain(Map.of(SLACK, List.of(called))))
        .containsEntry(
            SLACK,
            List.of(
                new Problem(
                    FAN_OUT,
                    75,
                    24,
                    "deliver-slack.camel.yaml cannot be removed: no route begins at delivery:slack",
                    "There is x")));
  }
}
