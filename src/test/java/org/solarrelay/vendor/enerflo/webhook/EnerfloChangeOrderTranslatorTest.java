package org.solarrelay.vendor.enerflo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

class EnerfloChangeOrderTranslatorTest {

  private final EnerfloChangeOrderTranslator translator = new EnerfloChangeOrderTranslator();

  @Test
  void theLastSignedOrderIsTranslated() {
    Event event = only(translator.signed(sample("enerflo", "signed_change_order")));
    Project order = EventData.read(event, Project.class);

    assertThat(event.type()).isEqualTo("change-order.signed");
    assertThat(event.subject()).as("the install, not the order").isEqualTo("901");
    assertThat(order.changeOrderId()).isEqualTo("3301");
    assertThat(order.signedAt()).isEqualTo("2026-03-25T19:44:31Z");
    assertThat(order.documentUrl()).isEqualTo("https://docs.example.com/change-orders/3301.pdf");
    assertThat(order.ids()).containsEntry("enerflo.install", "901");
    assertThat(order.ids()).containsEntry("enerflo.customer", "70901");
    assertThat(order.customer().lastName()).isEqualTo("Sample");
    assertThat(order.install().path("status_id").asInt()).isEqualTo(1);
  }

  @Test
  void panelsBatteryAndAddersHaveTheirPreviousValues() {
    Event event = only(translator.signed(sample("enerflo", "signed_change_order")));

    assertThat(event.data().path("panels"))
        .isEqualTo(
            json(
                "{'model':'Example 400W','count':24,'previous':{'model':'Example 380W','count':20}}"));
    assertThat(event.data().path("battery"))
        .isEqualTo(json("{'model':'Example Battery 10','count':1}"));
    assertThat(event.data().path("adders").toString())
        .isEqualTo(
            json("""
                [{'id':'986','name':'Main panel upgrade','quantity':1,'cost':1500.00,'change':'added'},
                 {'id':'988','name':'EV charger','quantity':2,'cost':800,'change':'changed',
                  'previous':{'name':'EV charger','quantity':1,'cost':800}},
                 {'id':'987','name':'Critter guard','quantity':1,'cost':400,'change':'removed'}]
                """)
                .toString());
    assertThat(event.data().at("/changes/system_offset/new").asInt())
        .as("nothing of the order is lost")
        .isEqualTo(104);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'panels':{'new':24,'old':'20'}; {'count':24,'previous':{'count':20}}",
        "'panel':{'new':'Example 400W','old':''}; {'model':'Example 400W'}",
        "'module_count':{'new':'24'}; {'count':24}",
        "'number_of_panels':{'new':24,'old':null}; {'count':24}",
        "'moduleType':{'new':'M','old':'L'}; {'model':'M','previous':{'model':'L'}}",
        "'solar_panel_model':{'new':400}; {'model':'400'}",
        "'panels':{'new':{'panel_type':'M','panel_count':24},'old':{'name':'L','quantity':'20'}};"
            + " {'model':'M','count':24,'previous':{'model':'L','count':20}}",
        "'panels':{'new':{'7':{'id':7,'name':'M','quantity':12},'8':{'id':8,'name':'N','quantity':9}},"
            + "'old':[]}; {'model':'M, N','count':21}",
        "'modules':{'new':[{'model':'M','qty':3}],'old':['L']};"
            + " {'model':'M','count':3,'previous':{'model':'L'}}",
        "'panels':{'new':null,'old':{'model':'L','count':20}}; {'previous':{'model':'L','count':20}}"
      })
  void panelsAreFoundUnderAnyLikelyName(String values, String panels) {
    assertThat(order(values).data().path("panels")).isEqualTo(json(panels));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'main_panel_upgrade':{'new':1,'old':0}",
        "'panel_id':{'new':7,'old':8}",
        "'panels':{'new':'','old':null}",
        "'panels':7",
        "'inverter':{'new':'Example Inverter','old':null}"
      })
  void otherItemsAreOnlyInTheChanges(String values) {
    Event event = order(values);

    assertThat(event.data().has("panels")).isFalse();
    assertThat(event.data().path("changes")).isEqualTo(json("{" + values + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'batteries':{'new':{'name':'B','quantity':2},'old':{'name':'B','quantity':1}};"
            + " {'model':'B','count':2,'previous':{'model':'B','count':1}}",
        "'battery_count':{'new':2,'old':1},'battery_type':{'new':'B'};"
            + " {'model':'B','count':2,'previous':{'count':1}}",
        "'storage':{'new':'B'}; {'model':'B'}"
      })
  void batteriesAreFoundLikePanels(String values, String battery) {
    assertThat(order(values).data().path("battery")).isEqualTo(json(battery));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'new':{'9':{'name':'A','quantity':'1.0','cost':'5'}},'old':{'9':{'name':'A','quantity':1,'cost':5.00}}};"
            + " unchanged",
        "{'new':{'9':{'name':'A'}},'old':[]}; added",
        "{'new':[],'old':{'9':{'name':'A'}}}; removed",
        "{'new':['A'],'old':null}; added",
        "{'new':[{'id':9,'name':'A','cost':6}],'old':{'9':{'name':'A','cost':5}}}; changed"
      })
  void anAdderHasTheKindOfItsChange(String adders, String change) {
    assertThat(order("'adders':" + adders).data().path("adders"))
        .singleElement()
        .satisfies(adder -> assertThat(adder.path("change").asText()).isEqualTo(change))
        .satisfies(adder -> assertThat(adder.path("name").asText()).isEqualTo("A"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "[{'id':1,'signed_at':null,'status':'complete'}]",
        "[{'id':1,'signed_at':'0000-00-00 00:00:00'}]",
        "[{'id':1,'signed_at':'2026-03-25 19:44:31','status':'Voided'}]",
        "[{'id':1,'signed_at':'2026-03-25 19:44:31','deleted_at':'2026-03-26 00:00:00'}]"
      })
  void withoutASignedOrderTheWebhookIsIgnored(String orders) {
    assertThat(translator.signed(webhook(orders)).ignored())
        .isEqualTo("install 901 has no signed change order");
  }

  @Test
  void aDuplicateHasTheSameContentKeyAndTheNextOrderAnother() {
    String one = "{'id':1,'signed_at':'2026-03-25 19:44:31','status':'complete'}";
    String two = "{'id':2,'signed_at':'2026-03-26 19:44:31'}";
    String first = only(translator.signed(webhook("[" + one + "]"))).id();

    assertThat(only(translator.signed(webhook("{'7':" + one + "}"))).id()).isEqualTo(first);
    assertThat(only(translator.signed(webhook("[" + two + "," + one + "]"))).id())
        .isNotEqualTo(first);
  }

  @Test
  void aSignedOrderWithoutIdIsInvalid() {
    assertThatThrownBy(() -> translator.signed(webhook("[{'signed_at':'2026-03-25 19:44:31'}]")))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("Enerflo's webhook has a signed change order without id");
  }

  private Event order(String changeValues) {
    return only(
        translator.signed(
            webhook(
                "[{'id':1,'signed_at':'2026-03-25 19:44:31','status':'complete','change_values':{"
                    + changeValues
                    + "}}]")));
  }

  private static Webhook webhook(String orders) {
    return body(
        "enerflo",
        "{'webhook_event':'signed_change_order','id':901,'change_orders':" + orders + "}");
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
