package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamingRuleTest {

  @Test
  void aRouteWithoutAnIdGetsTheRightIdAsItsFix() {
    assertThat(EditedFolder.with("deliver-crm.camel.yaml", "    id: deliver-crm\n", "").problems())
        .containsExactly(
            "deliver-crm.camel.yaml:2: no route of this file has the id \"deliver-crm\". "
                + "Give one route the file's name as its id, or rename the file",
            "deliver-crm.camel.yaml:2: the route has no id. Add \"id: deliver-crm\"");
  }

  @Test
  void aRouteWithoutADescriptionIsRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "    description: Sends every event to the company's CRM, as a signed CloudEvent\n",
                    "")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:2: the route has no description. Add \"description:\" "
                + "with a sentence on what it is for");
  }

  @Test
  void anIdThatIsNotTheFilesNameIsRejected() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "id: deliver-crm", "id: crm-deliver")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:2: no route of this file has the id \"deliver-crm\". "
                + "Give one route the file's name as its id, or rename the file",
            "deliver-crm.camel.yaml:2: the id \"crm-deliver\" does not begin with the "
                + "file's name. Call it \"deliver-crm-crm-deliver\", or move it to a file of its "
                + "own");
  }

  @Test
  void anIdThatAnotherFileHasIsRejected() {
    assertThat(
            EditedFolder.with("poll-flip.camel.yaml", "id: poll-flip-read", "id: poll-flip")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:22: the id \"poll-flip\" is also in "
                + "poll-flip.camel.yaml. Give one of the two routes another id");
  }

  @Test
  void aFileHoldsRoutesOnly() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "- route:",
                    "- beans:\n    - name: own\n      type: java.lang.Object\n- route:")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:1: \"beans\" is no route. Write routes only: beans are Java,"
                + " errors are for delivery/DeliveryPolicy");
  }
}
