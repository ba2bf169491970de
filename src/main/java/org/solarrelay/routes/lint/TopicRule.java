package org.solarrelay.routes.lint;

import java.util.stream.Stream;
import org.solarrelay.config.PipelineStage;

/** A route begins at topics by their names, and its id, which names its group, is no stage's. */
final class TopicRule implements Rule {

  private static final String SCHEME = "topic";
  private static final String BY_TYPE = "events";

  @Override
  public Stream<Problem> check(RouteSet set) {
    return Stream.concat(
        set.routeFiles().flatMap(TopicRule::ids),
        set.endpoints()
            .filter(use -> use.scheme().equals(SCHEME) && !use.isDynamic())
            .flatMap(TopicRule::names));
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
    if (use.consumer() && use.name().equals(BY_TYPE)) {
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
