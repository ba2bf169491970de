package org.solarrelay.topic.client;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which stages of this pod read which topics. The name of a stage ends its consumer group. */
@Singleton
public class TopicGroups {

  private final Map<String, Set<String>> topics = new ConcurrentHashMap<>();

  /** A stage reads these topics from now on. */
  public void reads(String stage, Collection<String> names) {
    topics.put(stage, Set.copyOf(names));
  }

  /** A stage reads no topics any more. */
  public void leaves(String stage) {
    topics.remove(stage);
  }

  /** The topics that a stage reads; none where there is no such stage. */
  public List<String> topicsOf(String stage) {
    return topics.getOrDefault(stage, Set.of()).stream().sorted().toList();
  }

  /** The stages that read a topic. */
  List<String> of(String topic) {
    return topics.entrySet().stream()
        .filter(stage -> stage.getValue().contains(topic))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
