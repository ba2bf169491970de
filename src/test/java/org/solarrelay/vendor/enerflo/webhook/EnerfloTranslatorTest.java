package org.solarrelay.vendor.enerflo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.RECEIPT;
import static org.solarrelay.Webhooks.RECEIVED_AT;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventId;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

class EnerfloTranslatorTest {

  private final EnerfloTranslator translator = new EnerfloTranslator();

  @Test
  void aNewCustomerOf1IsALead() {
    Webhook webhook = sample("enerflo", "new_customer");
    Event event = only(translator.leadSubmitted(webhook));
    String content = ContentHash.without(webhook.body(), "webhook_event");
    ContentKey key = ContentKey.of(content, "enerflo", "lead.submitted", "2860901");

    assertThat(event)
        .isEqualTo(
            Event.builder()
                .id(EventId.of("enerflo", key.scope(), key.content(), RECEIPT))
                .source("enerflo")
                .type("lead.submitted")
                .subject("2860901")
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
                    {'firstName':'Marisol','lastName':'Vance','fullName':'Marisol Vance',
                     'email':'marisol.vance@example.com','phone':'(801) 555-0142',
                     'address':{'street':'418 Juniper Lane','city':'Saratoga Springs','state':'UT',
                       'zip':'84045','county':'Utah County','lat':40.349312,'lng':-111.904713},
                     'source':'Website','ids':{'enerflo.customer':'2860901',
                       'enerflo.keyless-customer':'2860901'}}
                    """)
                .toString());
  }

  @Test
  void aChangedCustomerOf1KeepsItsIntegrationRecordIdAndStatus() {
    Event event = only(translator.leadChanged(sample("enerflo", "update_customer")));
    Lead lead = EventData.read(event, Lead.class);

    assertThat(event.type()).isEqualTo("lead.changed");
    assertThat(lead.ids()).containsEntry("enerflo.integration-record-id", "web:7421");
    assertThat(lead.status()).isEqualTo("Needs Contact");
    assertThat(lead.address().zip()).isEqualTo("02458");
    assertThat(lead.address().lat()).isEqualByComparingTo("42.3541");
    assertThat(lead.address().county()).isNull();
    assertThat(lead.source()).isNull();
  }

  @Test
  void aNewCustomerOf2HasItsUuidAsSubject() {
    Event event = only(translator.leadSubmitted(sample("enerflo", "customer.created")));
    Lead lead = EventData.read(event, Lead.class);

    assertThat(event.subject()).isEqualTo("7c1d9a52-3f44-4d0a-bb1e-52a6d0c8e333");
    assertThat(lead.ids())
        .containsOnly(
            Map.entry("enerflo.customer.uuid", event.subject()),
            Map.entry("enerflo.keyless-customer", event.subject()));
    assertThat(lead.firstName()).isEqualTo("Theo");
    assertThat(lead.mobile()).isEqualTo("+16175550117");
    assertThat(lead.address().unit()).isEqualTo("Unit 4");
    assertThat(lead.address().zip()).isEqualTo("02458");
    assertThat(lead.status()).as("ACTIVE is said of the record, not of the lead").isNull();
  }

  @Test
  void aChangedCustomerOf2HasItsCurrentValues() {
    Lead lead = lead(translator.leadChanged(sample("enerflo", "customer.updated.v2")));

    assertThat(lead.phone()).isEqualTo("+16175550118");
    assertThat(lead.address().street()).isEqualTo("9 Wharf Road");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'webhook_event':'new_customer','id':7,'first_name':'Unknown','email':'','phone':null}",
        "{'webhook_event':'new_customer','id':7,'full_name':'Unknown Unknown','address':{}}",
        "{'webhook_event':'new_customer','id':7,'phone':'(000) 000-0000','email':'n/a'}",
        "{'webhook_event':'new_customer','id':7,'address':{'full_address':', ,','county':'X'}}",
        "{'event':'customer.created','payload':{'customer':{'id':'u-7','status':'ACTIVE'}}}"
      })
  void anEmptyDuplicateIsIgnored(String json) {
    assertThat(translator.leadSubmitted(body("enerflo", json)).ignored())
        .endsWith("has no name, e-mail, phone or address: an empty duplicate");
  }

  @ParameterizedTest
  @CsvSource({
    "2458, MA, , 02458",
    "501, NY, United States, 00501",
    "84045, UT, US, 84045",
    "810, NT, , 0810",
    "810, , Australia, 0810",
    "101, , Iceland, 101",
    "2000, NSW, , 2000",
    "2000, MA, Australia, 2000",
    "'\"2458\"', MA, , 02458",
    "'\"K1A 0B1\"', ON, CA, K1A 0B1",
    "0, MA, , ",
    "'\"00000\"', MA, , "
  })
  void zipsGetTheirZerosBack(String zip, String state, String country, String expected) {
    String address =
        "{'street':'1 A St','zip':%s,'state':'%s','country':%s}"
            .formatted(zip, state, country == null ? "null" : "'" + country + "'");

    assertThat(leadWithAddress(address).address().zip()).isEqualTo(expected);
  }

  @Test
  void anAddressWithoutPartsIsTakenWhole() {
    Lead.Address address =
        leadWithAddress("{'full_address':'1 A St, Newton, MA','city':'Newton','latitude':'x'}")
            .address();

    assertThat(address.full()).isEqualTo("1 A St, Newton, MA");
    assertThat(address.city()).isNull();
    assertThat(address.lat()).isNull();
    assertThat(leadWithAddress("'1 A St, Newton, MA'").address().full()).isEqualTo(address.full());
  }

  @Test
  void anAddressThatIsTextBesideItsCityIsTheStreet() {
    Lead.Address address = leadWith("'address':'1 A St','city':'Newton','zip':2458").address();

    assertThat(address.full()).isNull();
    assertThat(address.street()).isEqualTo("1 A St");
    assertThat(address.zip()).isEqualTo("02458");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'integration_record_id':'k1','external_id':'k2'; k1",
        "'external_id':'k2'; k2",
        "'integrations':{'Jobs':{'Lead':{'integration_record_id':'k3'}}},'external_id':'k2'; k3",
        "'integrations':{'Jobs':{'Lead':{'integration_record_id':'k3'}},"
            + "'Partner':{'Lead':{'integration_record_id':'k4'}}}; k4",
        "'integration_maps':[{'external_id':'k5'}],'integrations':[]; k5"
      })
  void theKeyOfAnotherSystemIsTheIntegrationRecordId(String fields, String key) {
    Lead lead = leadWith(fields);

    assertThat(lead.ids()).containsEntry("enerflo.integration-record-id", key);
  }

  @Test
  void theUpdateTimeIsPartOfTheContent() {
    String first = key1("{'webhook_event':'update_customer','id':7,'email':'a@example.com'#1}");
    String again = key1("{'id':7,'webhook_event':'new_customer','email':'a@example.com'#1}");
    String other = key1("{'id':7,'webhook_event':'update_customer','email':'b@example.com'#1}");
    String later = key1("{'webhook_event':'update_customer','id':7,'email':'a@example.com'#2}");

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(later).isNotEqualTo(first);
  }

  @Test
  void eachWebhookOfACustomerMakesAnIdOfItsOwn() {
    Webhook webhook =
        body("enerflo", "{'webhook_event':'update_customer','id':7,'email':'a@example.com'}");
    Webhook again =
        Webhook.builder()
            .source("enerflo")
            .receipt("another-receipt")
            .receivedAt(RECEIVED_AT)
            .body(webhook.body())
            .build();
    Event first = only(translator.leadChanged(webhook));
    Event second = only(translator.leadChanged(again));

    assertThat(only(translator.leadChanged(webhook)).id()).isEqualTo(first.id());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.contentKey()).isEqualTo(first.contentKey());
  }

  @Test
  void without1sUpdateTimeTheContentDecides() {
    String first = key1("{'webhook_event':'update_customer','id':7,'email':'a@example.com'}");

    assertThat(key1("{'id':7,'email':'a@example.com','webhook_event':'update_customer'}"))
        .isEqualTo(first);
    assertThat(key1("{'webhook_event':'update_customer','id':7,'email':'b@example.com'}"))
        .isNotEqualTo(first);
  }

  @Test
  void in2AFreshSignatureIsNoChangeButAnotherPhoneIs() {
    String signed = "https://files.example.com/a.jpg?X-Amz-Expires=300&X-Amz-Signature=";
    String first = key2("'email':'a@example.com','photo':'" + signed + "1'");

    assertThat(key2("'photo':'" + signed + "2','email':'a@example.com'")).isEqualTo(first);
    assertThat(key2("'email':'a@example.com','phone':'1','photo':'" + signed + "1'"))
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'webhook_event':'new_customer','email':'a@example.com'}",
        "{'event':'customer.created','payload':{'deal':{'id':'d-1'}}}"
      })
  void aCustomerWithoutAnIdIsInvalid(String json) {
    assertThatThrownBy(() -> translator.leadSubmitted(body("enerflo", json)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("Enerflo's webhook has no customer with an id");
  }

  private String key1(String json) {
    String timed =
        json.replace("#1", ",'timestamps':{'updated_at':'2025-06-02 00:15:28'}")
            .replace("#2", ",'timestamps':{'updated_at':'2025-06-02 00:15:29'}");
    return only(translator.leadChanged(body("enerflo", timed))).contentKey().toString();
  }

  private String key2(String fields) {
    String json = "{'event':'customer.created','payload':{'customer':{'id':'u-7'," + fields + "}}}";
    return only(translator.leadSubmitted(body("enerflo", json))).contentKey().toString();
  }

  private Lead leadWithAddress(String address) {
    return leadWith("'address':" + address.replace('"', '\''));
  }

  private Lead leadWith(String fields) {
    String json = "{'webhook_event':'new_customer','id':7,'email':'a@example.com'," + fields + "}";
    return lead(translator.leadSubmitted(body("enerflo", json)));
  }

  private static Lead lead(Translation translation) {
    return EventData.read(only(translation), Lead.class);
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
