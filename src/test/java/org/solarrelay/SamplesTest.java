package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.Webhooks.RECEIVED_AT;
import static org.solarrelay.Webhooks.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.EventType;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.vendor.crm.LeadsTranslator;
import org.solarrelay.vendor.flip.FlipTranslator;
import org.solarrelay.vendor.solarproof.SolarProofTranslator;

/** The files of {@code routes/samples} are valid and complete. */
class SamplesTest {

  private static final Path SAMPLES = Path.of("routes/samples");
  private static final Pattern WEBHOOK = Pattern.compile("webhook-([a-z]+)-(.+?)(-old)?\\.json");
  private static final Pattern EVENT = Pattern.compile("event-(.+)\\.json");
  private static final Pattern NAMES_OF_EVENTS = Pattern.compile("'([^']+)'");

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
            Stream.of("enerflo", "solarproof", "flip", "leads")
                .map("routes/translate-%s.camel.yaml"::formatted)
                .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @Test
  void everyFileIsAWebhookOrAnEvent() throws IOException {
    assertThat(names(".*"))
        .allMatch(name -> WEBHOOK.matcher(name).matches() || EVENT.matcher(name).matches());
  }

  @ParameterizedTest
  @MethodSource("webhooks")
  void aWebhookBecomesValidEventsOrIsIgnoredWithAReason(String file) throws Exception {
    Webhook webhook = webhook(file);
    // a dead letter would be an exception
    Translation translation = translate(context, webhook);

    if (translation.events().isEmpty()) {
      assertThat(translation.ignored()).endsWith("is not used");
    } else {
      assertThat(translation.ignored()).isNull();
      assertThat(translation.events())
          .extracting(Event::type)
          .allMatch(type -> EventType.of(type).isPresent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"enerflo", "solarproof", "flip"})
  void everyTranslatedWebhookHasASample(String source) throws IOException {
    Set<String> sampled =
        webhooks()
            .map(SamplesTest::matched)
            .filter(name -> name.group(1).equals(source))
            .map(name -> name.group(2))
            .collect(Collectors.toSet());

    assertThat(sampled).containsAll(usedBy("routes/translate-" + source + ".camel.yaml"));
  }

  @ParameterizedTest
  @MethodSource("webhooks")
  void theFileOfAWebhookHasTheNameOfItsEvent(String file) throws IOException {
    Matcher name = matched(file);
    JsonNode body = json(file);
    String event =
        Stream.of("webhook_event", "event", "event_type", "type")
            .filter(body::has)
            .map(field -> body.path(field).asText())
            .findFirst()
            .orElse(name.group(2));

    assertThat(event).isEqualTo(name.group(2));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsAccepted(String file) throws IOException {
    Matcher name = EVENT.matcher(file);
    assertThat(name.matches()).isTrue();

    assertThat(EventReader.read(json(file), RECEIVED_AT).type()).isEqualTo(name.group(1));
  }

  @Test
  void everyEventTypeHasASample() throws IOException {
    assertThat(events())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).map(type -> "event-" + type.id() + ".json").toList());
  }

  static Stream<String> webhooks() throws IOException {
    return names("webhook-.*").stream();
  }

  static Stream<String> events() throws IOException {
    return names("event-.*").stream();
  }

  /** The events for which the route calls a translator, from its conditions. */
  private static Set<String> usedBy(String file) throws IOException {
    JsonNode steps =
        new YAMLMapper().readTree(Path.of(file).toFile()).at("/0/route/from/steps/1/choice/when");
    Set<String> used = new TreeSet<>();
    for (JsonNode when : steps) {
      if (when.at("/steps/0/bean").has("ref")) {
        Matcher name = NAMES_OF_EVENTS.matcher(when.at("/expression/simple/expression").asText());
        while (name.find()) {
          used.addAll(List.of(name.group(1).split(",")));
        }
      }
    }
    assertThat(used).isNotEmpty();
    return used;
  }

  private static Webhook webhook(String file) throws IOException {
    Matcher name = matched(file);
    boolean named = name.group(1).equals("solarproof");
    return Webhooks.of(name.group(1), named ? name.group(2) : null, Map.of(), json(file));
  }

  private static Matcher matched(String file) {
    Matcher name = WEBHOOK.matcher(file);
    assertThat(name.matches()).as(file).isTrue();
    return name;
  }

  private static List<String> names(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(pattern))
          .sorted()
          .toList();
    }
  }

  private static JsonNode json(String file) throws IOException {
    return EventJson.parse(Files.readAllBytes(SAMPLES.resolve(file)));
  }
}
