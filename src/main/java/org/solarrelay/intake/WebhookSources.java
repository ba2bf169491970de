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
 * The configured sources of {@code /webhooks/{source}}, each with its authentication. Changed
 * tokens and secrets take effect with the next request.
 */
@Singleton
class WebhookSources {

  private static final Logger LOG = Logger.getLogger(WebhookSources.class);

  /** A source, its authentication, and whether its URL names the event. */
  record Source(String name, boolean eventInPath, WebhookAuthentication authentication) {}

  private record Sources(RelayConfig config, Map<String, Source> byName) {}

  private final ReloadableConfig config;
  private volatile Sources sources;

  WebhookSources(ReloadableConfig config) {
    this.config = config;
    this.sources = read(config.get());
    warn("open to anyone on this machine (standalone mode)", names(WebhookAuthentication::open));
    warn("closed and get 503: no secret is configured", names(it -> !it.isConfigured()));
  }

  /** The source with the name; null if there is none. */
  Source get(String name) {
    RelayConfig now = config.get();
    if (sources.config != now) {
      reload(now);
    }
    return sources.byName.get(name);
  }

  private void reload(RelayConfig now) {
    try {
      sources = read(now);
    } catch (RuntimeException e) {
      LOG.error(
          "Intake keeps the tokens and secrets of before: a new secret does not have the form"
              + " whsec_<base64>");
      sources = new Sources(now, sources.byName);
    }
  }

  private static Sources read(RelayConfig config) {
    Map<String, Source> byName =
        config.sources().entrySet().stream()
            .map(named -> source(named.getKey(), named.getValue(), config.standalone()))
            .collect(Collectors.toMap(Source::name, source -> source));
    return new Sources(config, byName);
  }

  private static Source source(String name, RelayConfig.Source settings, boolean standalone) {
    return new Source(
        name, settings.eventInPath(), new WebhookAuthentication(settings, standalone));
  }

  private Set<String> names(Predicate<WebhookAuthentication> which) {
    return sources.byName.values().stream()
        .filter(source -> which.test(source.authentication()))
        .map(Source::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void warn(String what, Set<String> sources) {
    if (!sources.isEmpty()) {
      LOG.warnf("Webhooks of %s are %s", String.join(", ", sources), what);
    }
  }
}
