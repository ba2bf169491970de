package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicRuleTest {

  private static final String FILE = "consume-permits.camel.yaml";
  private static final String ROUTE =
      """
      - route:
          id: consume-permits
          description: For a test
          from:
            uri: topic:solar.permits
            parameters:
              maxRecords: 100
            steps:
              - to:
                  uri: topic:events
      """;

  @Test
  void aRouteMayBeginAtACustomTopic() {
    assertThat(EditedFolder.with(FILE, ROUTE).problems()).isEmpty();
  }

  @Test
  void theIdsOfStagesAreTaken() {
    assertThat(
            EditedFolder.with("translate.camel.yaml", ROUTE.replace("consume-permits", "translate"))
                .problems())
        .containsExactly(
            "translate.camel.yaml:2: the id \"translate\" is a stage's: its consumer group is not to"
                + " be shared. Call the route, and its file, after what it reads, such as"
                + " consume-permits");
  }

  @Test
  void theGroupIsNoOption() {
    assertThat(
            EditedFolder.with(FILE, ROUTE.replace("maxRecords: 100", "group: translate"))
                .problems())
        .singleElement()
        .asString()
        .startsWith(FILE + ":7: topic has no option \"group\"");
  }

  @Test
  void noRouteBeginsWhereEventsAreSentTo() {
    assertThat(EditedFolder.with(FILE, ROUTE.replace("solar.permits", "events")).problems())
        .containsExactly(
            FILE
                + ":5: topic:events is where events are sent to. Begin at a topic's name, such as"
                + " topic:solar.permits");
  }

  @Test
  void aMessageIsSentToOneTopic() {
    assertThat(EditedFolder.with(FILE, ROUTE.replace("topic:events", "topic:a,b")).problems())
        .containsExactly(
            FILE + ":10: a message is sent to one topic. Write a step for each of the topics");
  }

  @Test
  void aTopicThatIsALetterOffIsMisspelt() {
    assertThat(EditedFolder.with(FILE, ROUTE.replace("topic:events", "topic:event")).problems())
        .containsExactly(
            FILE + ":10: nothing else names the topic \"event\". Did you mean \"events\"?");
    assertThat(EditedFolder.with(FILE, ROUTE.replace("solar.permits", "solar.lead")).problems())
        .containsExactly(
            FILE
                + ":5: nothing else names the topic \"solar.lead\". Did you mean \"solar.leads\"?");
  }

  @Test
  void aTopicThatNothingReadsIsFine() {
    assertThat(
            EditedFolder.with(FILE, ROUTE.replace("topic:events", "topic:erp.copies")).problems())
        .isEmpty();
  }

  @Test
  void fanOutSendsADerivedEventAndNeverTheEventItself() {
    String step =
        "                  uri: delivery:flip\n        - to:\n            uri: topic:events\n";
    String problem =
        "fan-out sends the event itself to topic:events, which would come back. Make the event by"
            + " setVariable, and send it by variableSend";

    assertThat(fanOut(step).problems()).singleElement().asString().endsWith(problem);
    assertThat(fanOut(step + "            variableSend: note\n").problems())
        .noneMatch(it -> it.endsWith(problem));
  }

  private static EditedFolder fanOut(String step) {
    return EditedFolder.with("fan-out.camel.yaml", "                  uri: delivery:flip\n", step);
  }

  @Test
  void theRoutesOfTheGuidesAreFine() throws Exception {
    String guide = Files.readString(Path.of("docs/edit-a-route.md"));
    String note = yaml(guide, "        - filter:\n            description: A signed change order");
    String permits = yaml(guide, "- route:\n    id: consume-permits");

    assertThat(
            EditedFolder.with("fan-out.camel.yaml", "      steps:\n", "      steps:\n" + note)
                .and(FILE, permits)
                .problems())
        .isEmpty();
  }

  /** The code block of the page with that begin. */
  private static String yaml(String page, String begin) {
    int start = page.indexOf("```yaml\n" + begin) + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }
}
