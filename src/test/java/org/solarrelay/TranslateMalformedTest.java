package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sampleJson;
import static org.solarrelay.Webhooks.translate;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.vendor.crm.LeadsTranslator;
import org.solarrelay.vendor.flip.FlipTranslator;
import org.solarrelay.vendor.solarproof.SolarProofTranslator;

/** Translations of malformed JSON end as ignored or as a data error. */
class TranslateMalformedTest {

  static CamelContext context;

  @BeforeAll
  static void start() {
    Map<String, Object> translators = new HashMap<>(TranslateEnerfloRouteTest.enerfloTranslators());
    translators.put("solarProofTranslator", new SolarProofTranslator());
    translators.put("flipTranslator", new FlipTranslator());
    translators.put("leadsTranslator", new LeadsTranslator());
    context =
        RouteFiles.start(
            translators,
            new Properties(),
            "routes/translate-enerflo.camel.yaml",
            "routes/translate-solarproof.camel.yaml",
            "routes/translate-flip.camel.yaml",
            "routes/translate-leads.camel.yaml");
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @ParameterizedTest
  @MethodSource("bodiesOfTheWrongShape")
  void aBodyOfTheWrongShapeIsIgnoredOrInvalid(String source, String event, JsonNode body) {
    Result result = result(webhook(source, event, body));

    assertThat(result.invalid() || result.translation().events().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aFieldOfTheWrongShapeIsHandled(String source, String event, String sample) {
    JsonNode whole = sampleJson(source, sample);
    for (JsonPointer field : fields(whole, JsonPointer.empty())) {
      shapes()
          .map(shape -> webhook(source, event, replaced(whole, field, shape)))
          .forEach(webhook -> assertThat(result(webhook)).as("%s", field).isNotNull());
    }
  }

  static Stream<Arguments> bodiesOfTheWrongShape() {
    Stream<JsonNode> names =
        Stream.of(
                "{'webhook_event':'new_customer','id':#,'email':#,'timestamps':#}",
                "{'event':'customer.created','payload':#}",
                "{'event':'customer.created','payload':{'customer':#}}",
                "{'event':'customer.updated.v2','payload':{'current':{'id':#,'firstName':#}}}",
                "{'event':'deal.projectSubmitted','payload':{'deal':{'id':#},'customer':#}}",
                "{'webhook_event':'new_install','id':901,'customer':#,'updated_at':#}",
                "{'webhook_event':'update_install','id':901,'status':#,'status_id':#}",
                "{'webhook_event':'project_milestone_updated','id':901,'milestone':#}",
                "{'webhook_event':'new_install_note','id':901,'note':#,'note_id':#}",
                "{'webhook_event':'signed_change_order','id':901,'change_orders':#}",
                "{'webhook_event':'signed_change_order','id':901,'change_orders':[#]}",
                "{'customer_id':#,'customer_name':#,'site_address':#,'new_status':#}",
                "[{'customer_id':7,'customer_name':#,'new_status':#},#,null]",
                "{'event_type':'enrollment.updated','event_object':#}",
                "{'event_type':'enrollment.updated','event_object':{'id':7,'status':#,'site':#}}",
                "{'specversion':'1.0','id':'1','source':'crm','type':'lead.submitted','data':#}",
                "{'specversion':'1.0','id':'1','source':'crm','type':'lead.status-changed',"
                    + "'data':{'status':#}}",
                "{'specversion':'1.0','id':#,'source':#,'type':#,'time':#,'data':{'email':'a'}}",
                "{'id':#,'firstName':#,'ids':#}")
            .flatMap(
                body ->
                    Stream.of("null", "[]", "{}", "[[]]", "''", "{'':[{}]}")
                        .map(bad -> json(body.replace("#", bad))));
    List<JsonNode> bodies = Stream.concat(shapes(), names).toList();
    return Stream.of(
            new String[] {"enerflo", null},
            new String[] {"solarproof", "customer_created"},
            new String[] {"solarproof", "customer_status_change"},
            new String[] {"flip", null},
            new String[] {"leads", null})
        .flatMap(to -> bodies.stream().map(body -> Arguments.of(to[0], to[1], body)));
  }

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of("enerflo", null, "new_customer"),
        Arguments.of("enerflo", null, "update_customer"),
        Arguments.of("enerflo", null, "customer.created"),
        Arguments.of("enerflo", null, "customer.updated.v2"),
        Arguments.of("enerflo", null, "deal.projectSubmitted"),
        Arguments.of("enerflo", null, "new_install"),
        Arguments.of("enerflo", null, "update_install"),
        Arguments.of("enerflo", null, "project_milestone_updated"),
        Arguments.of("enerflo", null, "new_install_note"),
        Arguments.of("enerflo", null, "signed_change_order"),
        Arguments.of("solarproof", "customer_created", "customer_created"),
        Arguments.of("solarproof", "customer_created", "customer_created-old"),
        Arguments.of("solarproof", "customer_status_change", "customer_status_change"),
        Arguments.of("flip", null, "enrollment.updated"),
        Arguments.of("leads", null, "lead.submitted"),
        Arguments.of("leads", null, "lead.qualified"));
  }

  private static Stream<JsonNode> shapes() {
    JsonNode deep = json("7");
    for (int level = 0; level < 500; level++) {
      deep = JsonNodeFactory.instance.objectNode().set("email", deep);
    }
    return Stream.concat(
        Stream.of(deep, json("1e300"), TextNode.valueOf("\u0000\ud800")),
        Stream.of("null", "[]", "['a']", "[null]", "{}", "{'a':null}", "''", "7", "-1", "true")
            .map(Webhooks::json));
  }

  /** All pointers of the JSON, inner ones first. */
  private static List<JsonPointer> fields(JsonNode node, JsonPointer here) {
    List<JsonPointer> places = new ArrayList<>();
    node.properties()
        .forEach(f -> places.addAll(fields(f.getValue(), here.appendProperty(f.getKey()))));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.addAll(fields(node.get(i), here.appendIndex(i)));
    }
    places.add(here);
    return places;
  }

  private static JsonNode replaced(JsonNode whole, JsonPointer pointer, JsonNode by) {
    if (pointer.matches()) {
      return by;
    }
    JsonNode copy = whole.deepCopy();
    JsonNode parent = copy.at(pointer.head());
    if (parent instanceof ArrayNode array) {
      array.set(pointer.last().getMatchingIndex(), by);
    } else {
      ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), by);
    }
    return copy;
  }

  private static Webhook webhook(String source, String event, JsonNode body) {
    return Webhooks.of(source, event, Map.of(), body);
  }

  /** Fails on any exception but the one for data errors, whose message must be readable. */
  private static Result result(Webhook webhook) {
    try {
      return new Result(translate(context, webhook));
    } catch (InvalidMessageException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
      return new Result(null);
    } catch (Exception e) {
      throw new AssertionError("not an InvalidMessageException", e);
    }
  }

  private record Result(Translation translation) {

    boolean invalid() {
      return translation == null;
    }
  }
}
