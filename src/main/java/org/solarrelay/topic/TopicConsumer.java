package org.solarrelay.topic;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultConsumer;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.routes.ProblemReporter;
import org.solarrelay.routes.RouteIds;

/**
 * Consumer of one version of a route from {@code topic:}. The {@link TopicReader} of the topics and
 * group outlives a version and sends each record to the active one.
 */
final class TopicConsumer extends DefaultConsumer implements Suspendable, ProblemReporter {

  private final TopicEndpoint topics;
  private final TopicReaders readers;
  private DirectEndpoint entry;
  private DirectConsumer version;

  TopicConsumer(TopicEndpoint topics, Processor processor, TopicReaders readers) {
    super(topics, processor);
    this.topics = topics;
    this.readers = readers;
  }

  /**
   * The stage's name in metrics and logs. The consumer group is the configured prefix and this
   * name.
   */
  String stage() {
    return topics.getGroup() == null ? RouteIds.plain(getRouteId()) : topics.getGroup();
  }

  List<String> names() {
    return topics.topics();
  }

  TopicEndpoint topics() {
    return topics;
  }

  @Override
  public Optional<String> problem() {
    Set<String> missing = readers.missing(names());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the broker has no topic %s and does not let the relay create it; create it, or allow it by an ACL"
                .formatted(String.join(", ", missing)));
  }

  /** The {@code direct:} endpoint to which the reader sends records. */
  DirectEndpoint entry() {
    return entry;
  }

  @Override
  protected void doStart() throws Exception {
    if (topics.getGroup() == null && PipelineStage.isId(stage())) {
      throw new IllegalArgumentException(
          "a route from topic: cannot have the id %s: a stage of the pipeline uses its consumer group"
              .formatted(stage()));
    }
    super.doStart();
    String name = "topic:%s/%s".formatted(String.join(",", names()), stage());
    entry = topics.getCamelContext().getEndpoint("direct:" + name, DirectEndpoint.class);
    version = new DirectConsumer(entry, getProcessor(), entry.getEndpointUri());
    version.setRouteId(getRouteId());
    version.start();
    readers.add(this);
  }

  /** Takes no more records. The route still processes those in flight. */
  @Override
  protected void doSuspend() {
    readers.remove(this);
  }

  @Override
  protected void doResume() throws Exception {
    readers.add(this);
  }

  @Override
  protected void doStop() throws Exception {
    if (version != null) {
      readers.remove(this);
      version.stop();
    }
    super.doStop();
  }
}
