package org.solarrelay.topic.client;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topics that each stage of this pod reads. The name of a consumer group ends with the name of
 * its stage.
 */
@Singleton
public class StageTopics {

  private final Map<String, Set<String>> topics = new ConcurrentHashMap<>();

  /** Adds a stage and its topics. */
  public void add(String stage, Collection<String> names) {
    topics.put(stage, Set.copyOf(names));
  }

  /** Removes a stage. */
  public void remove(String stage) {
    topics.remove(stage);
  }

  /** Returns the topics of a stage; empty where this pod has no such stage. */
  public List<String> topicsOf(String stage) {
    return topics.getOrDefault(stage, Set.of()).stream().sorted().toList();
  }

  /** Returns the stages that read a topic. */
  List<String> stagesOf(String topic) {
    return topics.entrySet().stream()
        .filter(stage -> stage.getValue().contains(topic))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
