package org.solarrelay.topic;

import java.util.HashMap;
import java.util.Map;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventDefaults;
import org.solarrelay.event.EventIdentity;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.topic.client.Topics;

/**
 * A message on a topic of one's own, of which a route makes events. Their source is the last word
 * of the topic's name, the subject is the key, and the id is the record position, so that a record
 * that is read again makes no second event.
 */
public final class MessageOrigin implements EventOrigin {

  private final TopicMessage message;
  private final EventDefaults defaults;
  private final Map<String, Integer> numbers = new HashMap<>();
  private boolean first = true;

  public MessageOrigin(TopicMessage message) {
    this.message = message;
    EventDefaults ofRecord =
        EventDefaults.ofRecord(
            source(message.topic()), message.key(), message.position(), message.time());
    this.defaults = ofRecord.withIdentity(numbered(ofRecord.identity()));
  }

  /** Why a message that the route has passed without a word is ignored. */
  public static String sentNothing(String route) {
    return "the route %s sent nothing".formatted(route);
  }

  /** The last word of a topic's name: {@code permits} of {@code solar.permits}. */
  private static String source(String topic) {
    String word = topic.substring(topic.lastIndexOf('.') + 1);
    return word.isEmpty() ? topic : word;
  }

  /** A route may send several events of one message, by a step each. */
  private EventIdentity numbered(EventIdentity ids) {
    return (event, time, number) -> {
      synchronized (numbers) {
        int next = numbers.merge(event.type() + "\u0000" + event.subject(), 1, Integer::sum);
        boolean alone = first && number == 0;
        first = false;
        return ids.identify(event, time, alone ? 0 : next);
      }
    };
  }

  @Override
  public EventDefaults defaults() {
    return defaults;
  }

  @Override
  public boolean takes(Event event) {
    if (Topics.carriesEvents(message.topic())) {
      throw new InvalidMessageException(
          "a route from topic:%s cannot send to topic:events, which would come back; derive the"
                  .formatted(message.topic())
              + " event in fan-out");
    }
    return false;
  }
}
