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

  /** Stands for the topic of an event's type. */
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

  @UriParam(
      label = "consumer",
      description = "How many records a batch holds at most.",
      defaultValue = "500")
  private int maxRecords = 500;

  @UriParam(
      label = "consumer",
      description =
          "How many bytes of keys, values and headers a batch holds at most. 0 leaves it to"
              + " relay.memory.trees.",
      defaultValue = "0")
  private long maxBytes;

  /** Not in the catalogue: it is for the pipeline's own routes. */
  private String group;

  TopicEndpoint(String uri, TopicComponent component, String names) {
    super(uri, component);
    this.component = component;
    this.names = names;
    this.topics = List.of(names.split(","));
    for (String name : topics) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("no topic can be called \"%s\"".formatted(name));
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
   * The stage, and behind {@code relay.kafka.group-prefix} the consumer group. For the pipeline's
   * own routes; that of any other route is its id.
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

  /** For 0 the parsed trees of a batch may all be held until it is stored. */
  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** While files are reloaded, the route of before and its successor are both there. */
  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (topics.contains(BY_TYPE)) {
      throw new IllegalArgumentException(
          "topic:events is for \"to\"; a route begins at the name of a topic");
    }
    TopicConsumer consumer = new TopicConsumer(this, processor, component.readers());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    if (topics.size() > 1) {
      throw new IllegalArgumentException("a message is sent to one topic, not to " + topics);
    }
    return new TopicProducer(this, component.sink());
  }
}
