package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectRuleTest {

  @Test
  void aMisspeltDirectEndpointGetsASuggestion() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "uri: direct:enrich-from-enerflo",
                    "uri: direct:enrich-from-enerflow")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:15: no route begins at direct:enrich-from-enerflow. Did "
                + "you mean \"enrich-from-enerflo\"?");
  }

  @Test
  void theNameMayBeAParameter() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "uri: direct:enrich-from-enerflo",
                    "uri: direct\n"
                        + "                  parameters:\n"
                        + "                    name: enrich-from-enerflow")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:15: no route begins at direct:enrich-from-enerflow. Did you mean "
                + "\"enrich-from-enerflo\"?");
  }

  @Test
  void twoRoutesThatBeginAtTheSamePlaceAreRejected() {
    assertThat(
            EditedFolder.with(
                    "deliver-enerflo-notes.camel.yaml",
                    "uri: direct:deliver-enerflo-notes",
                    "uri: delivery:crm")
                .problems())
        .containsExactly(
            "deliver-enerflo-notes.camel.yaml:5: others call direct:deliver-enerflo-notes, and this"
                + " route of that name begins elsewhere. Write \"uri: direct:deliver-enerflo-notes\"",
            "deliver-enerflo-notes.camel.yaml:5: a route in deliver-crm.camel.yaml begins "
                + "at delivery:crm too. Let one of the two begin elsewhere");
  }

  @Test
  void aRouteOfAnEarlierVersionThatDeliversIsNamedWithWhatToWrite() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml", "uri: delivery:crm", "uri: direct:deliver-crm")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:5: nothing is sent to direct:deliver-crm. Write delivery:crm",
            "fan-out.camel.yaml:41: no route begins at delivery:crm. There is enerflo, flip,"
                + " solarproof");
  }

  @Test
  void aDeliveryRouteThatBeginsAtAMisspeltDestinationIsNamedWhereItIsMisspelt() {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "uri: delivery:crm", "uri: delivery:crn")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:5: others call delivery:crm, and this route of that name begins"
                + " elsewhere. Write \"uri: delivery:crm\"");
  }

  @Test
  void anOptionOfADeliveryIsCheckedLikeThatOfAnyComponent() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "uri: delivery:crm",
                    "uri: delivery:crm\n      parameters:\n        inflight: 4")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:7: delivery has no option \"inflight\". Did you mean"
                + " \"inFlight\"?");
  }
}
