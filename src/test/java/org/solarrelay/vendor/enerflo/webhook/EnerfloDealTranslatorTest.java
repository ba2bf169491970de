package org.solarrelay.vendor.enerflo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;
import static org.solarrelay.Webhooks.sampleJson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;

class EnerfloDealTranslatorTest {

  private static final String DEAL = "00000000-0000-4000-9000-000000000901";

  private final EnerfloDealTranslator translator = new EnerfloDealTranslator();

  @Test
  void aSubmittedProjectHasCustomerAddressAndSystemSize() {
    Event event = only(translator.submitted(sample("enerflo", "deal.projectSubmitted")));
    Project project = EventData.read(event, Project.class);

    assertThat(event.source()).isEqualTo("enerflo");
    assertThat(event.type()).isEqualTo("project.submitted");
    assertThat(event.subject()).isEqualTo(DEAL);
    assertThat(event.derivedId()).isTrue();
    assertThat(project.ids())
        .containsExactly(
            Map.entry("enerflo.deal", DEAL),
            Map.entry("enerflo.customer.uuid", "2c7b7f0e-6a52-4a7f-8a1e-1f0d5a9e9901"));
    assertThat(project.customer())
        .isEqualTo(
            Project.Customer.builder()
                .id("2c7b7f0e-6a52-4a7f-8a1e-1f0d5a9e9901")
                .firstName("Robin")
                .lastName("Sample")
                .build());
    assertThat(project.address().street()).isEqualTo("901 Sandbox Street");
    assertThat(project.address().zip()).isEqualTo("88800");
    assertThat(project.address().lat()).isEqualByComparingTo("34.0522");
    assertThat(project.systemSizeWatts()).isEqualByComparingTo("7600");
    assertThat(project.install()).as("translation makes no call").isNull();
  }

  @Test
  void theEventHoldsTheWholeDeal() {
    Project project =
        EventData.read(
            only(translator.submitted(sample("enerflo", "deal.projectSubmitted"))), Project.class);

    assertThat(project.deal().at("/design/arrays/0/module/model").asText())
        .isEqualTo("Example 400W");
    assertThat(project.deal().has("targetOrg")).isFalse();
    assertThat(project.deal().has("initiatedBy")).isFalse();
  }

  @Test
  void submittedAndReceivedAreDuplicates() {
    Event submitted = only(translator.submitted(sample("enerflo", "deal.projectSubmitted")));
    Event received = only(translator.submitted(sample("enerflo", "deal.projectReceived")));

    assertThat(sampleJson("enerflo", "deal.projectReceived").at("/payload"))
        .as("they differ in the receiver and in a signature")
        .isNotEqualTo(sampleJson("enerflo", "deal.projectSubmitted").at("/payload"));
    assertThat(received.contentKey()).isEqualTo(submitted.contentKey());
  }

  @Test
  void submittedAgainWithOtherContentIsAnotherEvent() {
    JsonNode again = sampleJson("enerflo", "deal.projectSubmitted");
    ((ObjectNode) again.at("/payload/design")).put("totalSystemSizeWatts", 8400);

    assertThat(only(translator.submitted(Webhooks.of("enerflo", null, Map.of(), again))).id())
        .isNotEqualTo(only(translator.submitted(sample("enerflo", "deal.projectSubmitted"))).id());
  }

  @ParameterizedTest
  @CsvSource({
    "2458, MA, US, 02458",
    "501, NY, , 00501",
    "'\"02458\"', MA, US, 02458",
    "2000, NSW, Australia, 2000"
  })
  void aPostalCodeThatIsANumberGetsItsZerosBack(
      String code, String state, String country, String zip) {
    Lead.Address address =
        with("'proposal':{'pricingOutputs':{'deal':{'projectAddress':{'line1':'1 A St','city':'C',"
                + "'state':'%s','country':%s,'postalCode':%s}}}}"
                    .formatted(state, country == null ? "null" : "'" + country + "'", code))
            .address();

    assertThat(address.zip()).isEqualTo(zip);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"7600\"', 7600",
    "7600.5, 7600.5",
    "0, ",
    "-1, ",
    "1e300, ",
    "'\"big\"', ",
    "[], "
  })
  void aSystemSizeIsANumberHoweverItIsWritten(String written, String watts) {
    Project project =
        with(
            "'design':{'totalSystemSizeWatts':%s},'customer':{'firstName':'A'}".formatted(written));

    assertThat(project.systemSizeWatts() == null ? null : project.systemSizeWatts().toPlainString())
        .isEqualTo(watts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'deal':{'id':'d-1'}}",
        "{'targetOrg':'o','deal':{'id':'d-1','shortCode':'A'},'customer':{'id':'u'},'proposal':null}",
        "{'deal':{'id':'d-1'},'customer':{'firstName':'','lastName':null},'design':{'id':'x','arrays':[]}}"
      })
  void anEmptyDuplicateIsIgnored(String payload) {
    assertThat(
            translator
                .submitted(
                    body("enerflo", "{'event':'deal.projectSubmitted','payload':" + payload + "}"))
                .ignored())
        .isEqualTo("deal d-1 has no customer, proposal or design: an empty duplicate");
  }

  @Test
  void aReceivedProjectMayHaveOnlyItsDealsId() {
    Event event =
        only(
            translator.submitted(
                body(
                    "enerflo",
                    "{'event':'deal.projectReceived','payload':{'deal':{'id':'d-1'}}}")));

    assertThat(event.data().path("ids")).isEqualTo(json("{'enerflo.deal':'d-1'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'deal':{}}", "{'deal':{'id':' '}}", "{'deal':[]}", "[]", "null"})
  void withoutADealThereIsNoProject(String payload) {
    assertThatThrownBy(
            () ->
                translator.submitted(
                    body("enerflo", "{'event':'deal.projectReceived','payload':" + payload + "}")))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("Enerflo's webhook has no payload.deal.id");
  }

  private Project with(String fields) {
    String json =
        "{'event':'deal.projectSubmitted','payload':{'deal':{'id':'d-1'}," + fields + "}}";
    return EventData.read(only(translator.submitted(body("enerflo", json))), Project.class);
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
