package org.solarrelay.vendor.flip;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.solarrelay.event.Event;

/**
 * Events as Enerflo enriched them, for an hour. Most customers of a company may be in no program at
 * all: asking again with every attempt would use up Enerflo's limit.
 */
@Singleton
@Named("flipEnrichmentCache")
public class FlipEnrichmentCache {

  private final Cache<String, Event> enriched =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).maximumSize(5_000).build();

  /** The event as Enerflo enriched it within the last hour; null where it did not. */
  public Event get(Event event) {
    return enriched.getIfPresent(key(event));
  }

  /** Keeps an enriched event. */
  public void put(Event event) {
    enriched.put(key(event), event);
  }

  private static String key(Event event) {
    return event.source() + " " + event.id();
  }
}
