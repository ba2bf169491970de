package org.solarrelay.ops.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a PromQL query: its metrics and recorded series with their label conditions, and its
 * grouping labels.
 */
final class Query {

  private static final Pattern METRIC =
      Pattern.compile(
          "(?<![\\w:])((?:relay|jvm|process|http|system|worker)_\\w+)(?!\\w*:)(?:\\{([^}]*)})?");
  private static final Pattern RECORDED =
      Pattern.compile("(?<![\\w:])(\\w+:\\w+:\\w+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");

  /** {@code label="value"}, or with another operator. */
  record Condition(String label, String operator, String value) {}

  /** A metric as a query selects it. */
  record Selector(String metric, List<Condition> conditions) {}

  private final String text;

  Query(String text) {
    this.text = text;
  }

  /** The metrics of a scrape. */
  List<Selector> selectors() {
    return selectors(METRIC);
  }

  /** The series of recording rules, such as {@code namespace:relay_delivery_late:ratio_rate5m}. */
  List<Selector> recorded() {
    return selectors(RECORDED);
  }

  private List<Selector> selectors(Pattern name) {
    List<Selector> selectors = new ArrayList<>();
    Matcher metric = name.matcher(text);
    while (metric.find()) {
      List<Condition> conditions = new ArrayList<>();
      Matcher condition = MATCHER.matcher(metric.group(2) == null ? "" : metric.group(2));
      while (condition.find()) {
        conditions.add(new Condition(condition.group(1), condition.group(2), condition.group(3)));
      }
      selectors.add(new Selector(metric.group(1), conditions));
    }
    return selectors;
  }

  /** The labels after {@code by} and {@code on}. */
  Set<String> groupings() {
    Set<String> labels = new TreeSet<>();
    Matcher grouping = GROUPING.matcher(text);
    while (grouping.find()) {
      for (String label : grouping.group(1).split(",")) {
        labels.add(label.strip());
      }
    }
    return labels;
  }

  @Override
  public String toString() {
    return text;
  }
}
