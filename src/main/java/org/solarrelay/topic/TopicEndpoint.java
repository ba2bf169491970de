package org.solarrelay.topic;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One or several topics. Two versions of a route may begin there, of which one is in force. */
public final class TopicEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

  /** Stands for the topic of an event's type. */
  static final String BY_TYPE = "events";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private final TopicComponent component;
  private final List<String> names;
  private String group;
  private int maxRecords = 500;
  private long maxBytes;

  TopicEndpoint(String uri, TopicComponent component, String names) {
    super(uri, component);
    this.component = component;
    this.names = List.of(names.split(","));
    for (String name : this.names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("no topic can be called \"%s\"".formatted(name));
      }
    }
  }

  List<String> names() {
    return names;
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

  /** How many records a batch holds at most. */
  public void setMaxRecords(int maxRecords) {
    this.maxRecords = maxRecords;
  }

  public long getMaxBytes() {
    return maxBytes;
  }

  /**
   * How many bytes of keys, values and headers a batch holds at most; 0 leaves it to {@code
   * relay.memory.trees}, for records whose parsed trees are all held until the batch is stored.
   */
  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (names.contains(BY_TYPE)) {
      throw new IllegalArgumentException(
          "topic:events is for \"to\"; a route begins at the name of a topic");
    }
    TopicConsumer consumer = new TopicConsumer(this, processor, component.readers());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    if (names.size() > 1) {
      throw new IllegalArgumentException("a message is sent to one topic, not to " + names);
    }
    return new TopicProducer(this, component.sink());
  }
}
