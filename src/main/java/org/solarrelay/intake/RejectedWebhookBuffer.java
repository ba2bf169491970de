package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Holds rejected webhooks until {@link RejectedWebhookWriter} takes them. Of each source and reason
 * it holds the first {@value #MOST_OF_ONE} and counts the rest, so that a flood fills neither the
 * memory nor the list, and hides no other rejection. Adding never waits for the database.
 */
@Singleton
class RejectedWebhookBuffer {

  static final int MOST_OF_ONE = 100;

  private record Key(String source, RejectionReason reason) {}

  private static final class Rejections {
    private final List<RejectedWebhook> listed = new ArrayList<>();
    private long unlisted;
  }

  private Map<Key, Rejections> held = new HashMap<>();

  /**
   * Adds a rejected webhook.
   *
   * @param webhook is called only where there is room for it
   */
  synchronized void add(String source, RejectionReason reason, Supplier<RejectedWebhook> webhook) {
    Rejections same = held.computeIfAbsent(new Key(source, reason), key -> new Rejections());
    if (same.listed.size() < MOST_OF_ONE) {
      same.listed.add(webhook.get());
    } else {
      same.unlisted++;
    }
  }

  /** Removes and returns everything; the last one of each source and reason has the counts. */
  List<RejectedWebhook> drain() {
    List<RejectedWebhook> all = new ArrayList<>();
    for (Rejections same : take().values()) {
      if (same.listed.isEmpty()) {
        continue;
      }
      int last = same.listed.size() - 1;
      all.addAll(same.listed.subList(0, last));
      RejectedWebhook newest = same.listed.get(last);
      all.add(newest.unlisted(newest.unlisted() + same.unlisted));
    }
    return all;
  }

  private synchronized Map<Key, Rejections> take() {
    Map<Key, Rejections> taken = held;
    held = new HashMap<>();
    return taken;
  }

  /** Returns webhooks that could not be stored; those without room are counted. */
  synchronized void putBack(List<RejectedWebhook> webhooks) {
    for (RejectedWebhook webhook : webhooks) {
      Rejections same =
          held.computeIfAbsent(
              new Key(webhook.source(), webhook.reason()), key -> new Rejections());
      same.unlisted += webhook.unlisted();
      if (same.listed.size() < MOST_OF_ONE) {
        same.listed.add(webhook.unlisted(0));
      } else {
        same.unlisted++;
      }
    }
  }
}
