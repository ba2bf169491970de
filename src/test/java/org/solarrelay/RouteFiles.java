package org.solarrelay;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.solarrelay.dryrun.CachingClassResolver;
import org.solarrelay.pipeline.ErrorHandling;

/** Runs route files in plain Camel, without Quarkus, Kafka and database. */
public final class RouteFiles {

  private RouteFiles() {}

  /**
   * Starts a context with these route files and the kamelets of {@code routes/kamelets}.
   *
   * @param beans the beans of the routes, by name
   * @param properties the values of the routes' {@code {{placeholders}}}
   * @param files paths from the project's directory, such as {@code routes/fan-out.camel.yaml}
   * @return the context, which the caller must close
   */
  public static CamelContext start(
      Map<String, Object> beans, Properties properties, String... files) {
    DefaultCamelContext context = new DefaultCamelContext(false);
    context.setClassResolver(new CachingClassResolver());
    try {
      beans.forEach(context.getRegistry()::bind);
      context.getPropertiesComponent().setInitialProperties(properties);
      context
          .getComponent("kamelet", KameletComponent.class)
          .setLocation(Path.of("routes", "kamelets").toUri().toString());
      context.addRoutesConfigurations(new ErrorHandling());
      for (String file : files) {
        load(context, file);
      }
      context.start();
      return context;
    } catch (Exception e) {
      context.stop();
      throw new AssertionError("cannot start " + String.join(", ", files), e);
    }
  }

  /** Adds a route file to a context, before or after its start. */
  public static void load(CamelContext context, String file) {
    try {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file));
    } catch (Exception e) {
      throw new AssertionError("cannot load " + file, e);
    }
  }
}
