package org.solarrelay.intake;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;

/**
 * The sources that {@code /webhooks/{source}} knows, each with its authentication; their tokens and
 * secrets may be replaced meanwhile.
 */
@Singleton
class WebhookSources {

  private static final Logger LOG = Logger.getLogger(WebhookSources.class);

  /** One source: how it proves who it is, and whether its URL names the event. */
  record Source(String name, boolean eventInPath, WebhookAuthentication authentication) {}

  private record Known(RelayConfig by, Map<String, Source> byName) {}

  private final ReloadableConfig config;
  private volatile Known known;

  WebhookSources(ReloadableConfig config) {
    this.config = config;
    this.known = read(config.get());
    tell("open to anyone on this machine (standalone mode)", names(WebhookAuthentication::open));
    tell("closed, they answer 503: no secret is configured", names(it -> !it.configured()));
  }

  /** The source of that name, or null. */
  Source get(String name) {
    RelayConfig now = config.get();
    if (known.by != now) {
      reread(now);
    }
    return known.byName.get(name);
  }

  private void reread(RelayConfig now) {
    try {
      known = read(now);
    } catch (RuntimeException e) {
      LOG.error(
          "Webhooks are checked with the tokens and secrets of before: a new secret is not of the"
              + " form whsec_<base64>");
      known = new Known(now, known.byName);
    }
  }

  private static Known read(RelayConfig config) {
    Map<String, Source> byName =
        config.sources().entrySet().stream()
            .map(named -> source(named.getKey(), named.getValue(), config.standalone()))
            .collect(Collectors.toMap(Source::name, source -> source));
    return new Known(config, byName);
  }

  private static Source source(String name, RelayConfig.Source settings, boolean standalone) {
    return new Source(
        name, settings.eventInPath(), new WebhookAuthentication(settings, standalone));
  }

  private Set<String> names(Predicate<WebhookAuthentication> which) {
    return known.byName.values().stream()
        .filter(source -> which.test(source.authentication()))
        .map(Source::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void tell(String what, Set<String> sources) {
    if (!sources.isEmpty()) {
      LOG.warnf("Webhooks of %s are %s", String.join(", ", sources), what);
    }
  }
}
