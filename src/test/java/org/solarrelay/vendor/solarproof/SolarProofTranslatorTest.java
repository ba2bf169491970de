package org.solarrelay.vendor.solarproof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.RECEIPT;
import static org.solarrelay.Webhooks.RECEIVED_AT;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventId;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

class SolarProofTranslatorTest {

  private static final String[] NOT_IN_EVERY_VOCABULARY = {
    "company.taxId", "company.phone", "phone", "kind", "address", "status", "owner"
  };

  private final SolarProofTranslator translator = new SolarProofTranslator();

  @Test
  void aNewCustomerWithNewerFieldNamesIsALead() {
    Webhook webhook = sample("solarproof", "customer_created", "customer_created");

    Event event = only(translator.leadSubmitted(webhook));
    String content = ContentHash.of(webhook.body());
    ContentKey key = ContentKey.of(content, "solarproof", "lead.submitted", "141901");

    assertThat(event)
        .isEqualTo(
            Event.builder()
                .id(EventId.of("solarproof", key.scope(), key.content(), RECEIPT))
                .source("solarproof")
                .type("lead.submitted")
                .subject("141901")
                .time(RECEIVED_AT)
                .receipt(RECEIPT)
                .derivedId(true)
                .contentKey(key)
                .data(event.data())
                .notes(event.notes())
                .build());
    assertThat(event.data().toString())
        .isEqualTo(
            json("""
                    {'firstName':'Priya','lastName':'Ramesh','fullName':'Priya Ramesh',
                     'email':'priya.ramesh@example.com','mobile':'0491 570 156',
                     'phone':'07 5550 0126','kind':'commercial',
                     'company':{'name':'Ramesh Cold Storage','phone':'07 5550 0127',
                       'taxId':'00000000019','gstRegistered':true},
                     'address':{'full':'45 Wattle Drive, Kirwan QLD 4817, Australia'},
                     'status':'New Contacts','owner':'sam.doyle@example.com',
                     'ids':{'solarproof.customer':'141901'}}
                    """)
                .toString());
  }

  @Test
  void aNewCustomerWithOlderFieldNamesIsALead() {
    Event event =
        only(
            translator.leadSubmitted(
                sample("solarproof", "customer_created", "customer_created-old")));

    assertThat(event.subject()).isEqualTo("12901");
    assertThat(event.data().toString())
        .isEqualTo(
            json("""
                    {'firstName':'Mary Ann','lastName':'Fielding','fullName':'Mary Ann Fielding',
                     'email':'mary.ann.fielding@example.com','kind':'residential',
                     'status':'New Contacts','ids':{'solarproof.customer':'12901'}}
                    """)
                .toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer-object", "read", "write", "of-project"})
  void theSameCustomerIsTheSameLeadInEveryVocabulary(String vocabulary) {
    Event event = only(translator.leadSubmitted(vocabulary(vocabulary)));

    assertThat(event.subject()).isEqualTo("123");
    assertThat(lead(event))
        .usingRecursiveComparison()
        .ignoringFields(NOT_IN_EVERY_VOCABULARY)
        .isEqualTo(
            Lead.builder()
                .firstName("John")
                .lastName("Doe")
                .email("john.doe@example.com")
                .mobile("0412345678")
                .phone("0287654321")
                .kind("commercial")
                .company(new Lead.Company("ABC Solar Solutions", "0298765432", null, true))
                .ids(Map.of("solarproof.customer", "123"))
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "customer-object, Signed, '123 Main Street, Sydney NSW 2000', ",
    "read, No Status, , rep@example.com",
    "write, , , rep@example.com",
    "of-project, , '123 Main Street, Sydney NSW 2000', "
  })
  void fieldsOfSomeVocabulariesAreRead(
      String vocabulary, String status, String address, String owner) {
    Lead lead = lead(only(translator.leadSubmitted(vocabulary(vocabulary))));

    assertThat(lead.status()).isEqualTo(status);
    assertThat(lead.owner()).isEqualTo(owner);
    assertThat(lead.address() == null ? null : lead.address().full()).isEqualTo(address);
  }

  @Test
  void theAddressIsThatOfTheFirstProject() {
    Lead lead = lead(only(translator.leadSubmitted(vocabulary("read"))));

    assertThat(lead.address())
        .isEqualTo(
            Lead.Address.builder()
                .street("123 Main Street")
                .city("Sydney")
                .state("NSW")
                .zip("2000")
                .country("Australia")
                .build());
  }

  @Test
  void everyElementOfAnArrayIsAnEventOfItsOwn() {
    Translation translation =
        translator.leadStatusChanged(
            sample("solarproof", "customer_status_change", "customer_status_change"));

    assertThat(translation.events()).extracting(Event::subject).containsExactly("141901", "141902");
    assertThat(translation.events()).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(translation.events())
        .extracting(event -> event.data().path("status").asText())
        .containsExactly("Signed", "Mega Status");
    assertThat(translation.ignored()).isNull();
  }

  @Test
  void aPostcodeOfTheNorthernTerritoryGetsItsZeroBack() {
    Lead lead =
        lead(
            translator
                .leadStatusChanged(
                    sample("solarproof", "customer_status_change", "customer_status_change"))
                .events()
                .get(0));

    assertThat(lead.address())
        .isEqualTo(
            Lead.Address.builder()
                .street("45 Wattle Drive")
                .city("Nightcliff")
                .state("NT")
                .zip("0810")
                .country("Australia")
                .build());
  }

  @Test
  void aStatusChangeHoldsTheCustomer() {
    Lead lead =
        lead(
            only(
                translator.leadStatusChanged(
                    sample("solarproof", "customer_status_change", "customer_status_change-old"))));

    assertThat(lead.email()).isEqualTo("mary.ann.fielding@example.com");
    assertThat(lead.firstName()).isEqualTo("Mary Ann");
    assertThat(lead.lastName()).isEqualTo("Fielding");
    assertThat(lead.status()).isEqualTo("Signed");
  }

  @ParameterizedTest
  @CsvSource({
    "0, No Status",
    "1, New Contacts",
    "'''2''', Signed",
    "3, Mega Status",
    "'''No Status Set''', No Status",
    "17, 17",
    "'''Signed''', Signed",
    "'''Gone quiet''', Gone quiet"
  })
  void aStatusNumberBecomesItsWord(String status, String word) {
    assertThat(changed("'new_status':" + status).status()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'customer_type_id':1, residential",
        "'customer_type':'COMMERCIAL', commercial",
        "'customer_type':'LARGE-SCALE', large-scale",
        "'customer_type':'Large Scale', large-scale",
        "'fkcustomertypeid':'3', large-scale",
        "'customer_type':'OTHER', "
      })
  void theTypeOfCustomerBecomesTheKind(String field, String kind) {
    assertThat(changed("'new_status':1," + field).kind()).isEqualTo(kind);
  }

  @Test
  void aHouseholdThatIsNotRegisteredForGstIsNoCompany() {
    assertThat(changed("'new_status':1,'gst_registered':0,'company_name':''").company()).isNull();
    assertThat(changed("'new_status':1,'gst_registered':0,'abn':'19'").company())
        .isEqualTo(new Lead.Company(null, null, "19", false));
  }

  @Test
  void anInvalidElementIsReportedAndTheOthersAreTranslated() {
    Translation translation =
        created("[{'customer_email':'a@example.com'},{'customer_id':8,'surname':'Birch'},7]");

    assertThat(translation.events()).extracting(Event::subject).containsExactly("8");
    assertThat(translation.ignored())
        .isEqualTo(
            "a customer of Solar Proof's webhook has no id;"
                + " a customer of Solar Proof's webhook has no id");
  }

  @Test
  void onlyTheFirstInvalidElementsAreReported() {
    assertThatThrownBy(() -> created("[1,2,3,4,5]"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageEndingWith("has no id; and 2 more");
  }

  @Test
  void anEmptyArrayIsIgnored() {
    assertThat(created("[]"))
        .isEqualTo(Translation.ignored("Solar Proof's webhook is an empty array"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'customer_id':8}", "{'customer_id':8,'customer_email':'n/a'}"})
  void aNewCustomerWithoutDataIsInvalid(String json) {
    assertThatThrownBy(() -> created(json))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("customer 8: lead.submitted: ");
  }

  @Test
  void aStatusChangeWithoutAStatusIsInvalid() {
    assertThatThrownBy(() -> changed("'old_status':1"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("status");
  }

  @Test
  void theSameContentHasTheSameIdWhateverTheOrderOfItsFields() {
    String first = only(created("{'customer_id':8,'surname':'Birch'}")).id();

    assertThat(only(created("[{'surname':'Birch','customer_id':8}]")).id()).isEqualTo(first);
    assertThat(only(created("{'customer_id':8,'surname':'Burke'}")).id()).isNotEqualTo(first);
  }

  private static Webhook vocabulary(String name) {
    String body = VendorBench.fixture("solarproof/vocabulary-" + name + ".json");
    return Webhooks.of("solarproof", "customer_created", Map.of(), json(body));
  }

  private Translation created(String json) {
    return translator.leadSubmitted(
        Webhooks.of("solarproof", "customer_created", Map.of(), json(json)));
  }

  private Lead changed(String fields) {
    return lead(
        only(
            translator.leadStatusChanged(
                Webhooks.of(
                    "solarproof",
                    "customer_status_change",
                    Map.of(),
                    json("{'customer_id':8," + fields + "}")))));
  }

  private static Lead lead(Event event) {
    return EventData.read(event, Lead.class);
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
