package org.solarrelay.routes.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.apache.camel.tooling.model.JsonMapper;

/** The options of this program's components, from Camel's catalogue. */
final class CamelCatalog {

  private final DefaultRuntimeCamelCatalog runtimeCatalog = new DefaultRuntimeCamelCatalog();
  private final Map<String, Optional<ComponentModel>> components = new HashMap<>();

  CamelCatalog() {
    runtimeCatalog.setCamelContext(new SimpleCamelContext(false));
  }

  DefaultRuntimeCamelCatalog runtimeCatalog() {
    return runtimeCatalog;
  }

  /**
   * An option of a component's endpoints, in the path or in the query of their URIs; empty if the
   * catalogue has none of that name.
   */
  Optional<EndpointOptionModel> option(String scheme, String name) {
    return components.computeIfAbsent(scheme, this::component).stream()
        .flatMap(model -> model.getEndpointOptions().stream())
        .filter(option -> option.getName().equals(name))
        .findFirst();
  }

  /** The names of the options in the query of a component's URIs. */
  Set<String> parameterNames(String scheme) {
    return components.computeIfAbsent(scheme, this::component).stream()
        .flatMap(model -> model.getEndpointParameterOptions().stream())
        .map(EndpointOptionModel::getName)
        .collect(Collectors.toSet());
  }

  private Optional<ComponentModel> component(String scheme) {
    return Optional.ofNullable(runtimeCatalog.componentJSonSchema(scheme))
        .map(JsonMapper::generateComponentModel);
  }
}
