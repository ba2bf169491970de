package org.solarrelay.vendor.solarproof;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.ops.access.ApiProblem;

/**
 * Brings what is registered at Solar Proof in line with what is wanted. Every step is written down
 * before it is made and confirmed after, so a run that was cut short is finished by the next.
 */
@Singleton
class Subscriptions {

  /** What translate-solarproof makes events of. */
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
   * Registers a URL for each event, and takes every other one back.
   *
   * @throws ApiProblem where Solar Proof does not do it, or somebody else is at it
   */
  void register(WebhookUrls urls) throws SQLException {
    alone(
        () -> {
          List<Subscription> before = rows.all();
          for (String event : EVENTS) {
            register(event, urls.of(event), before);
          }
          // only now: until the new one is there the old one must not be missed
          for (Subscription old : before) {
            boolean wanted = EVENTS.contains(old.event()) && old.url().equals(urls.of(old.event()));
            if (!wanted) {
              remove(old);
            }
          }
        });
  }

  /** Takes every URL back; otherwise as {@link #register}. */
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
        // an earlier run was cut short: Solar Proof may or may not have taken it
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
    if (!rows.alone(work)) {
      throw new ApiProblem(
          409, "Conflict", "Subscriptions are being changed right now: look again in a moment");
    }
  }
}
