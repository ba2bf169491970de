package org.solarrelay.rehearsal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.solarrelay.RelayConfig;

/** A Camel context with real routes, kamelets and beans, out of which nothing leads. */
final class World implements AutoCloseable {

  private static final Set<String> INSIDE =
      Set.of("direct", "kamelet", "bean", "class", "language", "log", "mock", "seda");

  private final DefaultCamelContext camel = new DefaultCamelContext(false);
  private final RelayConfig config;
  private final Set<String> entered = Collections.synchronizedSet(new LinkedHashSet<>());

  private World(RelayConfig config) {
    this.config = config;
  }

  /**
   * Starts the routes that a message may pass which enters at {@code direct:<entry>}.
   *
   * @throws Exception where a route can not be started; its text says why
   */
  static World of(
      RouteSet routes,
      SmallRyeConfig settings,
      SimulatedVendors vendors,
      Vertx vertx,
      Clock clock,
      String entry)
      throws Exception {
    World world = new World(settings.getConfigMapping(RelayConfig.class));
    try {
      world.furnish(settings, vendors, vertx, clock);
      world
          .camel
          .getComponent("kamelet", KameletComponent.class)
          .setLocation(routes.folder().resolve("kamelets").toUri().toString());
      for (RouteFile file : routes.reachedFrom(entry)) {
        world.load(file, entry);
      }
      world.camel.start();
      return world;
    } catch (Exception e) {
      world.close();
      throw e;
    }
  }

  CamelContext camel() {
    return camel;
  }

  RelayConfig config() {
    return config;
  }

  /** The ids of the routes that messages have been in. */
  Set<String> entered() {
    return Set.copyOf(entered);
  }

  private void furnish(
      SmallRyeConfig settings, SimulatedVendors vendors, Vertx vertx, Clock clock) {
    Map<Class<?>, Object> given = new HashMap<>();
    given.put(RelayConfig.class, config);
    given.put(DataSource.class, NoDatabase.dataSource());
    given.put(Clock.class, clock);
    given.put(MeterRegistry.class, new SimpleMeterRegistry());
    new Beans(settings, given)
        .bindTo(camel.getRegistry(), Map.of("callBudget", new CallAllowance(vendors)));
    camel.getPropertiesComponent().addPropertiesSource(new Placeholders(settings));
    camel.getComponent("direct", DirectComponent.class).setBlock(false);
    camel.setAutowiredEnabled(false);
    camel.addComponent("vertx-http", new RehearsedHttp(vertx, vendors));
    ComponentResolver real = PluginHelper.getComponentResolver(camel);
    ComponentResolver guard =
        (name, context) ->
            INSIDE.contains(name)
                ? real.resolveComponent(name, context)
                : new SentElsewhere(vendors);
    camel.getCamelContextExtension().addContextPlugin(ComponentResolver.class, guard);
    camel.addRoutePolicyFactory((context, id, route) -> new Entered());
  }

  private void load(RouteFile file, String entry) throws Exception {
    var resource = ResourceHelper.fromString(file.path().toUri().toString(), file.text());
    for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource)) {
      ((RouteBuilder) builder).addLifecycleInterceptor(new OnlyDirect(entry));
      camel.addRoutes(builder);
    }
  }

  @Override
  public void close() {
    camel.stop();
  }

  private record Placeholders(SmallRyeConfig settings) implements PropertiesSource {

    @Override
    public String getName() {
      return "settings";
    }

    @Override
    public String getProperty(String name) {
      return settings.getOptionalValue(name, String.class).orElse(null);
    }
  }

  /** A rehearsal is entered by what is given; nothing else begins by itself. */
  private record OnlyDirect(String entry) implements RouteBuilderLifecycleStrategy {

    @Override
    public void afterConfigure(RouteBuilder builder) {
      List<RouteDefinition> routes = builder.getRouteCollection().getRoutes();
      boolean entered = routes.stream().anyMatch(route -> from(route).equals("direct:" + entry));
      routes.stream()
          .filter(route -> !entered && entry.equals(route.getRouteId()))
          .forEach(route -> route.getInput().setUri("direct:" + entry));
      routes.removeIf(route -> !from(route).startsWith("direct:"));
    }

    private static String from(RouteDefinition route) {
      return route.getInput().getEndpointUri();
    }
  }

  private final class Entered extends RoutePolicySupport {

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      entered.add(route.getRouteId());
    }
  }
}
