package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the alert rules and the dashboard in k8s/components/monitoring. */
public final class Monitoring {

  private static final String CONSOLE = "https://relay.example.com/console";
  private static final Path FOLDER = Path.of("k8s/components/monitoring");

  private Monitoring() {}

  /** The {@code spec} of the PrometheusRule, with its {@code groups}. */
  static JsonNode ruleSpec() {
    return read(new YAMLMapper(), "prometheus-rule.yaml").path("spec");
  }

  public static List<JsonNode> alerts() {
    return rules("alert").toList();
  }

  /**
   * The page of the console that an alert links to: a path, which may hold {@code {{
   * $labels.destination }}}.
   */
  public static String pageOf(JsonNode alert) {
    String link = alert.at("/annotations/console").asText();
    assertThat(link).as(alert.path("alert").asText()).startsWith(CONSOLE);
    return link.substring(CONSOLE.length() - "/console".length());
  }

  /** The expression of each recording rule by the name that it records. */
  static Map<String, String> recordings() {
    Map<String, String> recordings = new LinkedHashMap<>();
    rules("record")
        .forEach(rule -> recordings.put(rule.path("record").asText(), rule.path("expr").asText()));
    return recordings;
  }

  private static Stream<JsonNode> rules(String kind) {
    return elements(ruleSpec().path("groups"))
        .flatMap(group -> elements(group.path("rules")))
        .filter(rule -> rule.has(kind));
  }

  static JsonNode dashboard() {
    return read(new ObjectMapper(), "solar-relay-dashboard.json");
  }

  /** Every query of alert rules, recording rules, panels and dashboard variables. */
  static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    alerts().forEach(alert -> queries.add(new Query(alert.path("expr").asText())));
    recordings().values().forEach(expression -> queries.add(new Query(expression)));
    elements(dashboard().path("panels"))
        .flatMap(panel -> elements(panel.path("targets")))
        .forEach(target -> queries.add(new Query(target.path("expr").asText())));
    elements(dashboard().at("/templating/list"))
        .map(variable -> variable.path("query").path("query"))
        .filter(JsonNode::isTextual)
        .forEach(query -> queries.add(new Query(query.asText())));
    return queries;
  }

  static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static JsonNode read(ObjectMapper mapper, String file) {
    try {
      return mapper.readTree(FOLDER.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
