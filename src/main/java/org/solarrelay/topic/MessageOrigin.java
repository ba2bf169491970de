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
 * A message on a topic that an engineer's route reads. The route's events have the last word of the
 * topic's name as source, the key as subject, and the record position as id. A record that is read
 * twice makes the same event again, not a second one.
 */
public final class MessageOrigin implements EventOrigin {

  private final TopicMessage message;
  private final EventDefaults defaults;

  /** Number of events so far, by type and subject. */
  private final Map<String, Integer> counts = new HashMap<>();

  private boolean isFirst = true;

  public MessageOrigin(TopicMessage message) {
    this.message = message;
    EventDefaults ofRecord =
        EventDefaults.ofRecord(
            source(message.topic()), message.key(), message.position(), message.time());
    this.defaults = ofRecord.withIdentity(numbered(ofRecord.identity()));
  }

  /** Why a message became no event: its route has sent nothing. */
  public static String sentNothing(String route) {
    return "the route %s sent nothing".formatted(route);
  }

  /** Returns the last word of a topic's name: {@code permits} of {@code solar.permits}. */
  private static String source(String topic) {
    String word = topic.substring(topic.lastIndexOf('.') + 1);
    return word.isEmpty() ? topic : word;
  }

  /**
   * Numbers the events of a message, because a route may send several, each in its own step. The
   * first event has the number 0 unless it is in a list, so that its id has no number.
   */
  private EventIdentity numbered(EventIdentity ids) {
    return (event, time, numberInList) -> {
      synchronized (counts) {
        int number = counts.merge(event.type() + "\u0000" + event.subject(), 1, Integer::sum);
        boolean unnumbered = isFirst && numberInList == 0;
        isFirst = false;
        return ids.identify(event, time, unnumbered ? 0 : number);
      }
    };
  }

  @Override
  public EventDefaults defaults() {
    return defaults;
  }

  @Override
  public boolean accepts(Event event) {
    if (Topics.carriesEvents(message.topic())) {
      throw new InvalidMessageException(
          "a route from topic:%s cannot send to topic:events, because it would read its own events; derive the"
                  .formatted(message.topic())
              + " event in fan-out");
    }
    return false;
  }
}
