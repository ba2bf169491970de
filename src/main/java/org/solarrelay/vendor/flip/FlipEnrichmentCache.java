package org.solarrelay.vendor.flip;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.solarrelay.event.Event;

/**
 * Caches enriched events for an hour. Many customers are in no program, so their deliveries are
 * retried; a request to Enerflo with every attempt would use up Enerflo's rate limit.
 */
@Singleton
@Named("flipEnrichmentCache")
public class FlipEnrichmentCache {

  private final Cache<String, Event> enriched =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).maximumSize(5_000).build();

  /** The enriched event; null if it was not enriched within the last hour. */
  public Event get(Event event) {
    return enriched.getIfPresent(key(event));
  }

  /** Stores an enriched event. */
  public void put(Event event) {
    enriched.put(key(event), event);
  }

  private static String key(Event event) {
    return event.source() + " " + event.id();
  }
}
