package org.solarrelay.topic;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Read Kafka topics in batches that are one unit of work, and append events and messages to topics.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "topic",
    title = "Topic",
    syntax = "topic:names",
    category = {Category.MESSAGING})
public class TopicEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

  /** In {@code to: topic:events}, the topic of each event's type. */
  static final String BY_TYPE = "events";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private final TopicComponent component;
  private final List<String> topics;

  @UriPath(
      description =
          "A topic to read, or several with commas between them. To send: the name of a topic, or"
              + " events for the topic of each event's type.")
  @Metadata(required = true)
  private final String names;

  @UriParam(label = "consumer", description = "The most records of a batch.", defaultValue = "500")
  private int maxRecords = 500;

  @UriParam(
      label = "consumer",
      description =
          "The most bytes of keys, values and headers of a batch. 0 stands for the limit of"
              + " relay.memory.trees.",
      defaultValue = "0")
  private long maxBytes;

  /** Only for the pipeline's own routes, so the component's catalogue omits it. */
  private String group;

  TopicEndpoint(String uri, TopicComponent component, String names) {
    super(uri, component);
    this.component = component;
    this.names = names;
    this.topics = List.of(names.split(","));
    for (String name : topics) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("\"%s\" is no valid name of a topic".formatted(name));
      }
    }
  }

  public String getNames() {
    return names;
  }

  List<String> topics() {
    return topics;
  }

  public String getGroup() {
    return group;
  }

  /**
   * Sets the stage's name, which follows {@code relay.kafka.group-prefix} in the consumer group.
   * Only for the pipeline's own routes; any other route uses its id.
   */
  public void setGroup(String group) {
    this.group = group;
  }

  public int getMaxRecords() {
    return maxRecords;
  }

  public void setMaxRecords(int maxRecords) {
    this.maxRecords = maxRecords;
  }

  public long getMaxBytes() {
    return maxBytes;
  }

  /** 0 limits a batch so that memory holds the parsed JSON of all its records. */
  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** True, because during a reload the old and the new version of a route both consume. */
  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (topics.contains(BY_TYPE)) {
      throw new IllegalArgumentException(
          "topic:events is only for \"to\"; \"from\" needs the name of a topic");
    }
    TopicConsumer consumer = new TopicConsumer(this, processor, component.readers());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    if (topics.size() > 1) {
      throw new IllegalArgumentException("\"to\" needs one topic, not " + topics);
    }
    return new TopicProducer(this, component.sink());
  }
}
