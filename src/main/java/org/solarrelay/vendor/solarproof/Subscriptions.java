package org.solarrelay.vendor.solarproof;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.ops.access.ApiProblem;

/**
 * Registers the relay's URLs at Solar Proof and removes outdated ones. Each step is stored before
 * and after the request to Solar Proof, so the next run finishes a run that was interrupted.
 */
@Singleton
class Subscriptions {

  /** The webhooks that the route translate-solarproof translates. */
  private static final List<String> EVENTS = List.of("customer_created", "customer_status_change");

  private final SubscriptionRepository rows;
  private final SolarProofHooks hooks;

  Subscriptions(SubscriptionRepository rows, SolarProofHooks hooks) {
    this.rows = rows;
    this.hooks = hooks;
  }

  List<Subscription> all() throws SQLException {
    return rows.all().stream().map(Subscription::masked).toList();
  }

  /**
   * Registers a URL for each event, and removes every other URL.
   *
   * @throws ApiProblem if Solar Proof rejects a request, or another request is changing
   *     subscriptions
   */
  void register(WebhookUrls urls) throws SQLException {
    alone(
        () -> {
          List<Subscription> before = rows.all();
          for (String event : EVENTS) {
            register(event, urls.of(event), before);
          }
          // the old URL is removed last, so that no webhook is lost
          for (Subscription old : before) {
            boolean wanted = EVENTS.contains(old.event()) && old.url().equals(urls.of(old.event()));
            if (!wanted) {
              remove(old);
            }
          }
        });
  }

  /** Removes every URL; otherwise as {@link #register}. */
  void removeAll() throws SQLException {
    alone(
        () -> {
          for (Subscription subscription : rows.all()) {
            remove(subscription);
          }
        });
  }

  private void register(String event, String url, List<Subscription> before) throws SQLException {
    for (Subscription known : before) {
      if (known.event().equals(event) && known.url().equals(url)) {
        if (known.registered()) {
          return;
        }
        // an earlier run was interrupted: Solar Proof may have the URL or not
        hooks.unsubscribe(url);
      }
    }
    rows.begin(event, url);
    hooks.subscribe(event, url);
    rows.registered(event, url);
  }

  private void remove(Subscription subscription) throws SQLException {
    rows.begin(subscription.event(), subscription.url());
    hooks.unsubscribe(subscription.url());
    rows.remove(subscription.event(), subscription.url());
  }

  private void alone(SubscriptionRepository.Work work) throws SQLException {
    if (!rows.runExclusively(work)) {
      throw new ApiProblem(
          409, "Conflict", "Another request is changing subscriptions: try again in a moment");
    }
  }
}
