package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.solarrelay.RelayConfig;

/** The sources that {@code /webhooks/{source}} knows, each with its authentication. */
@Singleton
class Sources {

  private static final Logger LOG = Logger.getLogger(Sources.class);

  /** One source: how it proves who it is, and whether its URL names the event. */
  record Source(String name, boolean eventInPath, WebhookAuthentication authentication) {}

  private final Map<String, Source> byName = new HashMap<>();

  Sources(RelayConfig config) {
    Set<String> open = new TreeSet<>();
    Set<String> closed = new TreeSet<>();
    config
        .sources()
        .forEach(
            (name, settings) -> {
              var authentication = new WebhookAuthentication(settings, config.standalone());
              byName.put(name, new Source(name, settings.eventInPath(), authentication));
              if (authentication.open()) {
                open.add(name);
              } else if (!authentication.configured()) {
                closed.add(name);
              }
            });
    tell("open to anyone on this machine (standalone mode)", open);
    tell("closed, they answer 503: no secret is configured", closed);
  }

  private static void tell(String what, Set<String> sources) {
    if (!sources.isEmpty()) {
      LOG.warnf("Webhooks of %s are %s", String.join(", ", sources), what);
    }
  }

  /** The source of that name, or null. */
  Source get(String name) {
    return byName.get(name);
  }
}
