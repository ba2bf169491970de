package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.solarrelay.config.PipelineStage;

/**
 * A route from {@code topic:} names its topics; its id, which names its consumer group, is not that
 * of a stage.
 */
final class TopicRule implements Rule {

  private static final String SCHEME = "topic";
  private static final String FAN_OUT = "fan-out";

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Set<String> read = readTopics(index);
    return Stream.of(
            index.routeFiles().flatMap(TopicRule::ids),
            uses(index).flatMap(TopicRule::names),
            uses(index).flatMap(use -> misspelt(use, read)),
            index
                .routeFiles()
                .filter(file -> file.stem().equals(FAN_OUT))
                .flatMap(TopicRule::itself))
        .flatMap(problems -> problems);
  }

  private static Stream<EndpointUse> uses(RouteFolderIndex index) {
    return index.endpoints().filter(use -> use.scheme().equals(SCHEME) && !use.isDynamic());
  }

  /** The topics that routes begin at, with those of the program. */
  private static Set<String> readTopics(RouteFolderIndex index) {
    Set<String> topics = TopicNames.ofProgram();
    uses(index)
        .filter(EndpointUse::consumer)
        .flatMap(use -> Stream.of(use.name().split(",")))
        .forEach(topics::add);
    return topics;
  }

  /**
   * A topic that nothing reads may be intended, but not a topic whose name differs by one letter
   * from that of a topic that is read.
   */
  private static Stream<Problem> misspelt(EndpointUse use, Set<String> read) {
    Set<String> known = new TreeSet<>(read);
    known.add(TopicNames.BY_TYPE);
    if (use.consumer()) {
      known.removeAll(List.of(use.name().split(",")));
    }
    return Stream.of(use.name().split(","))
        .filter(name -> !known.contains(name))
        .flatMap(
            name ->
                TopicNames.suggestion(name, known, 1).stream()
                    .map(
                        nearest ->
                            use.problem(
                                use.uri(),
                                name,
                                "nothing else names the topic \"%s\"".formatted(name),
                                "Did you mean \"%s\"?".formatted(nearest))));
  }

  private static Stream<Problem> itself(SourceFile file) {
    return file.entries()
        .filter(entry -> entry.name().equals("to") && isToEvents(entry.value()))
        .filter(entry -> entry.value().textAt("variableSend") == null)
        .map(
            entry ->
                file.problem(
                    entry.value(),
                    "fan-out sends the event itself to topic:events, which would come back",
                    "Make the event by setVariable, and send it by variableSend"));
  }

  private static boolean isToEvents(YamlNode to) {
    String uri = to.isText() ? to.text() : String.valueOf(to.textAt("uri"));
    return uri.equals(SCHEME + ":" + TopicNames.BY_TYPE);
  }

  private static Stream<Problem> ids(SourceFile file) {
    return file.routes().stream()
        .filter(TopicRule::beginsAtTopic)
        .map(route -> route.get("id"))
        .filter(id -> id != null && PipelineStage.isId(id.text()))
        .map(
            id ->
                file.problem(
                    id,
                    "the id \"%s\" is a stage's: its consumer group is not to be shared"
                        .formatted(id.text()),
                    "Call the route, and its file, after what it reads, such as consume-permits"));
  }

  private static boolean beginsAtTopic(YamlNode route) {
    String from = route.textAt("from", "uri");
    return from != null && (from.equals(SCHEME) || from.startsWith(SCHEME + ":"));
  }

  private static Stream<Problem> names(EndpointUse use) {
    if (use.consumer() && use.name().equals(TopicNames.BY_TYPE)) {
      return Stream.of(
          use.problem(
              "topic:events is where events are sent to",
              "Begin at a topic's name, such as topic:solar.permits"));
    }
    if (!use.consumer() && use.name().contains(",")) {
      return Stream.of(
          use.problem("a message is sent to one topic", "Write a step for each of the topics"));
    }
    return Stream.empty();
  }
}
