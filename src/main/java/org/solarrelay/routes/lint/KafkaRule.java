package org.solarrelay.routes.lint;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the use of {@code kafka:}. The names of the topics are not misspelt, and a record counts
 * as sent when all replicas have it. Routes read by {@code topic:} instead.
 */
final class KafkaRule implements Rule {

  private static final Set<String> LOGS = Set.of("topic", "kafka");
  private static final Set<String> OVERRIDES =
      Set.of("kafka.override_topic", "camelkafkaoverridetopic");
  private static final int MAX_DISTANCE = 2;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Set<String> read = TopicNames.ofProgram();
    read.add(TopicNames.BY_TYPE);
    logs(index).filter(EndpointUse::consumer).flatMap(KafkaRule::topics).forEach(read::add);
    return Stream.of(
            logs(index)
                .filter(use -> use.scheme().equals("kafka") && !use.consumer())
                .flatMap(use -> misspelt(use, read)),
            logs(index).flatMap(KafkaRule::impossible),
            logs(index).filter(use -> use.scheme().equals("kafka")).flatMap(KafkaRule::ofKafka),
            index.files().stream().flatMap(KafkaRule::overrides))
        .flatMap(it -> it);
  }

  private static Stream<EndpointUse> logs(RouteFolderIndex index) {
    return index.endpoints().filter(use -> LOGS.contains(use.scheme()) && !use.isDynamic());
  }

  private static Stream<String> topics(EndpointUse use) {
    return Arrays.stream(use.name().split(",")).map(String::strip).filter(name -> !name.isEmpty());
  }

  private static Stream<Problem> misspelt(EndpointUse use, Set<String> known) {
    return topics(use)
        .filter(name -> !known.contains(name) && !name.contains("{{"))
        .flatMap(
            name ->
                TopicNames.suggestion(name, known, MAX_DISTANCE)
                    .map(
                        suggestion ->
                            use.problem(
                                use.uri(),
                                name,
                                "no route reads the topic \"%s\"".formatted(name),
                                "Did you mean \"%s\"?".formatted(suggestion)))
                    .stream());
  }

  private static Stream<Problem> impossible(EndpointUse use) {
    return topics(use)
        .filter(name -> !name.contains("{{") && !NAME.matcher(name).matches())
        .map(
            name ->
                use.problem(
                    use.uri(),
                    name,
                    "no topic can be called \"%s\"".formatted(name),
                    "Use letters, digits, dots, hyphens and underscores"));
  }

  private static Stream<Problem> ofKafka(EndpointUse use) {
    if (use.consumer()) {
      return Stream.of(
          use.problem(
              "a route that begins at kafka: loses a message on which it fails",
              "Write \"uri: topic:%s\"".formatted(use.name())));
    }
    String acks = use.option("requestRequiredAcks");
    return acks.equals("0") || acks.equals("1")
        ? Stream.of(
            use.problem(
                use.optionNode("requestRequiredAcks"),
                "with %s a record counts as stored while a broker may still lose it"
                    .formatted(acks),
                "Write \"requestRequiredAcks: all\""))
        : Stream.empty();
  }

  private static Stream<Problem> overrides(SourceFile file) {
    return file.entries()
        .filter(entry -> "name".equals(entry.name()) && entry.value().isText())
        .filter(entry -> OVERRIDES.contains(entry.value().text().toLowerCase()))
        .map(
            entry ->
                file.problem(
                    entry.value(),
                    "a header names the topic to send to",
                    "Write the topic into the URI, with a filter for each one"));
  }
}
