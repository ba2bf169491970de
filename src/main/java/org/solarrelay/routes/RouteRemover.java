package org.solarrelay.routes;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.jboss.logging.Logger;

/** Removes routes and kamelets from Camel, with all their definitions. */
final class RouteRemover {

  private static final Logger LOG = Logger.getLogger(RouteRemover.class);

  /** The first and last endpoint of a kamelet's own route. */
  private static final Pattern INNER_END = Pattern.compile("^kamelet:(//)?(source|sink)\\b");

  private final CamelContext camel;
  private final Model model;

  RouteRemover(CamelContext camel) {
    this.camel = camel;
    this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
  }

  void route(String id) {
    routes(definition -> id.equals(definition.getId()));
  }

  /** Removes the routes of a revision, started or not. */
  void removeRevision(int revision) {
    routes(definition -> RouteIds.isOf(String.valueOf(definition.getId()), revision));
    templates(template -> RouteIds.isOf(template.getId(), revision));
  }

  /**
   * Removes kamelets that no route calls, and their templates.
   *
   * @param kamelets the ids of the kamelets whose templates stay
   */
  void unused(Set<String> kamelets) {
    Set<String> called =
        camel.getEndpoints().stream()
            .filter(KameletEndpoint.class::isInstance)
            .filter(endpoint -> !INNER_END.matcher(endpoint.getEndpointUri()).find())
            .map(endpoint -> ((KameletEndpoint) endpoint).getRouteId())
            .collect(Collectors.toSet());
    routes(
        definition ->
            Boolean.TRUE.equals(definition.isKamelet()) && !called.contains(definition.getId()));
    templates(template -> !kamelets.contains(template.getId()));
  }

  private void routes(Predicate<RouteDefinition> which) {
    for (RouteDefinition definition : List.copyOf(model.getRouteDefinitions())) {
      if (which.test(definition)) {
        try {
          model.removeRouteDefinition(definition);
        } catch (Exception e) {
          LOG.warnf("%s cannot be removed: %s", definition.getId(), StartFailure.reason(e));
        }
      }
    }
  }

  private void templates(Predicate<RouteTemplateDefinition> which) {
    for (RouteTemplateDefinition template : List.copyOf(model.getRouteTemplateDefinitions())) {
      if (which.test(template)) {
        try {
          model.removeRouteTemplateDefinition(template);
        } catch (Exception e) {
          LOG.warnf("%s cannot be removed: %s", template.getId(), StartFailure.reason(e));
        }
      }
    }
  }
}
