package org.solarrelay.dryrun;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.eclipse.microprofile.config.Config;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.DryRunDelivery;
import org.solarrelay.pipeline.ErrorHandling;
import org.solarrelay.routes.RouteVisitLimit;

/**
 * An isolated Camel context with the real routes, kamelets and beans. No call leaves the context.
 * The context handles one message at a time and is reset before each.
 */
final class DryRunContext implements AutoCloseable {

  private static final Set<String> INTERNAL_COMPONENTS =
      Set.of("direct", "kamelet", "bean", "class", "language", "log", "mock", "seda");

  private final DefaultCamelContext camel = new DefaultCamelContext(false);
  private final StubVendors vendors = new StubVendors();
  private final DryRunFanOut fanOut = new DryRunFanOut();
  private final StubTopicComponent topics = new StubTopicComponent(vendors);
  private final SetClock clock = new SetClock();
  private final StepLimit steps = new StepLimit();
  private final Set<String> enteredRoutes = Collections.synchronizedSet(new LinkedHashSet<>());
  private final RelayConfig config;
  private final DryRunBeans beans;
  private final ProducerTemplate messages;
  private final DryRunDelivery deliveries;

  private DryRunContext(SmallRyeConfig settings, Vertx vertx) {
    camel.setClassResolver(new CachingClassResolver());
    this.config = settings.getConfigMapping(RelayConfig.class);
    this.beans =
        new DryRunBeans(
            settings,
            Map.of(
                RelayConfig.class,
                config,
                Config.class,
                settings,
                DataSource.class,
                noDatabase(),
                Clock.class,
                clock,
                MeterRegistry.class,
                new SimpleMeterRegistry()));
    configure(settings, vertx);
    this.messages = camel.createProducerTemplate();
    this.deliveries = new DryRunDelivery(config, camel);
  }

  /**
   * Starts the routes that a message from {@code direct:<entry>} can reach.
   *
   * @throws Exception if a route cannot be started; the message says why
   */
  static DryRunContext of(RouteGraph routes, SmallRyeConfig settings, Vertx vertx, String entry)
      throws Exception {
    DryRunContext context = new DryRunContext(settings, vertx);
    try {
      context.camel.addRoutesConfigurations(new ErrorHandling());
      for (RouteFile file : routes.reachedFrom(entry)) {
        context.load(file, entry);
      }
      context.camel.start();
      context.messages.start();
      return context;
    } catch (Exception e) {
      context.close();
      throw e;
    }
  }

  /** Resets the context for the next message. */
  void begin(Stubs answers, Instant now) {
    clock.set(now);
    vendors.begin(answers);
    fanOut.begin();
    topics.begin();
    enteredRoutes.clear();
    steps.begin();
    beans.renew();
  }

  RelayConfig config() {
    return config;
  }

  ProducerTemplate messages() {
    return messages;
  }

  DryRunDelivery deliveries() {
    return deliveries;
  }

  /** The destinations to which fan-out sent the event. */
  List<String> destinations() {
    return fanOut.destinations();
  }

  /** The component that records what the message's route sent to topics. */
  StubTopicComponent topics() {
    return topics;
  }

  StubVendors vendors() {
    return vendors;
  }

  /** The ids of the routes that the message has entered. */
  Set<String> enteredRoutes() {
    return Set.copyOf(enteredRoutes);
  }

  /** Replaces the database: a dry run has none, and each call throws an exception. */
  private static DataSource noDatabase() {
    return (DataSource)
        Proxy.newProxyInstance(
            DryRunContext.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              throw new SQLException("a dry run has no database");
            });
  }

  private void configure(SmallRyeConfig settings, Vertx vertx) {
    beans.bindTo(
        camel.getRegistry(),
        Map.of(
            "callBudget", new UnlimitedCallBudget(vendors),
            "reconciliation", new DryRunReconciliation()));
    // Camel's default component has read the configuration of this process, with its secrets
    PropertiesComponent placeholders = new PropertiesComponent();
    placeholders.setAutoDiscoverPropertiesSources(false);
    placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    placeholders.addPropertiesSource(new Placeholders(settings));
    camel.setPropertiesComponent(placeholders);
    camel.getComponent("direct", DirectComponent.class).setBlock(false);
    camel.setAutowiredEnabled(false);
    camel.addComponent("delivery", fanOut);
    camel.addComponent("topic", topics);
    camel.addComponent("vertx-http", new StubVertxHttpComponent(vertx, vendors));
    camel.addComponent("http", new StubHttpComponent(config.http(), vendors));
    camel.addComponent("https", new StubHttpComponent(config.http(), vendors));
    ComponentResolver real = PluginHelper.getComponentResolver(camel);
    ComponentResolver guard =
        (name, context) ->
            INTERNAL_COMPONENTS.contains(name)
                ? real.resolveComponent(name, context)
                : new CapturingComponent(vendors);
    camel.getCamelContextExtension().addContextPlugin(ComponentResolver.class, guard);
    camel.getCamelContextExtension().addInterceptStrategy(steps);
    camel.addRoutePolicyFactory((context, id, route) -> new RouteRecorder());
    camel
        .getCamelContextExtension()
        .addInterceptStrategy(new RouteVisitLimit(config.maxRouteVisits()));
  }

  private void load(RouteFile file, String entry) throws Exception {
    var resource = ResourceHelper.fromString("file:" + file.path(), file.text());
    for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource)) {
      ((RouteBuilder) builder).addLifecycleInterceptor(new DirectEntryStrategy(entry));
      camel.addRoutes(builder);
    }
  }

  @Override
  public void close() {
    camel.stop();
  }

  private final class RouteRecorder extends RoutePolicySupport {

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      enteredRoutes.add(route.getRouteId());
    }
  }
}
