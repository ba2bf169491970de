package org.solarrelay.ops.telemetry;

import io.restassured.RestAssured;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One scrape of a program's metrics, in Prometheus' text format 0.0.4. */
final class Scrape {

  private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line: {@code name{label="value"} 1.0}. */
  record Sample(String name, Map<String, String> labels, double value) {}

  private final Map<String, String> kinds = new TreeMap<>();
  private final List<Sample> samples = new ArrayList<>();

  static Scrape of(URL metrics) {
    String text =
        RestAssured.given()
            .accept("text/plain;version=0.0.4")
            .get(metrics)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return new Scrape(text);
  }

  private Scrape(String text) {
    for (String line : text.split("\n")) {
      Matcher sample = SAMPLE.matcher(line);
      if (line.startsWith("# TYPE ")) {
        String[] type = line.split(" ");
        kinds.put(type[2], type[3]);
      } else if (sample.matches()) {
        samples.add(
            new Sample(
                sample.group(1),
                labels(sample.group(2)),
                Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"))));
      }
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  /** The kind of each metric by its name: counter, gauge, histogram, summary. */
  Map<String, String> kinds() {
    return kinds;
  }

  /** The samples with the name of a metric, or of a part of a histogram. */
  List<Sample> samples(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /** The labels of a metric; of a histogram without {@code le}. */
  TreeSet<String> labels(String metric, String kind) {
    String part = kind.equals("histogram") || kind.equals("summary") ? metric + "_count" : metric;
    TreeSet<String> names = new TreeSet<>();
    samples(part).forEach(sample -> names.addAll(sample.labels().keySet()));
    return names;
  }

  /** The sum of the samples with the name and these labels; 0 if there are none. */
  double sum(String name, Map<String, String> labels) {
    return samples(name).stream()
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }
}
