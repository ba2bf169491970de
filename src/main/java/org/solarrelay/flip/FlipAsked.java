package org.solarrelay.flip;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.solarrelay.event.Event;

/**
 * What Enerflo told about events that wait for their enrollment. Most customers of a company may be
 * in no program at all: asking again with every attempt would use up Enerflo's limit.
 */
@Singleton
@Named("flipAsked")
public class FlipAsked {

  private final Cache<String, Event> told =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).maximumSize(5_000).build();

  /** The event as Enerflo completed it within the last hour, null where it has not been asked. */
  public Event recall(Event event) {
    return told.getIfPresent(key(event));
  }

  /** Keeps the event as Enerflo completed it. */
  public Event keep(Event completed) {
    told.put(key(completed), completed);
    return completed;
  }

  private static String key(Event event) {
    return event.source() + " " + event.id();
  }
}
