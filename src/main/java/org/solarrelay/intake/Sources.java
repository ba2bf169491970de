package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
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
    for (String name : new TreeSet<>(config.sources().keySet())) {
      RelayConfig.Source source = config.sources().get(name);
      var authentication = new WebhookAuthentication(source, config.standalone());
      byName.put(name, new Source(name, source.eventInPath(), authentication));
      if (!authentication.configured()) {
        LOG.warnf("/webhooks/%s answers 503: no secret is configured for it", name);
      } else if (authentication.open()) {
        LOG.warnf("/webhooks/%s is open to anyone on this machine: standalone mode", name);
      }
    }
  }

  /** The source of that name, or null. */
  Source get(String name) {
    return byName.get(name);
  }
}
