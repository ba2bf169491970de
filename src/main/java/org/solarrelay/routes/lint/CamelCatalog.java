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

  private final DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
  private final Map<String, Optional<ComponentModel>> models = new HashMap<>();

  CamelCatalog() {
    catalog.setCamelContext(new SimpleCamelContext(false));
  }

  DefaultRuntimeCamelCatalog camel() {
    return catalog;
  }

  /** An option of a component's endpoints; empty if the catalogue has none of that name. */
  Optional<EndpointOptionModel> option(String scheme, String name) {
    return models.computeIfAbsent(scheme, this::model).stream()
        .flatMap(model -> model.getEndpointOptions().stream())
        .filter(option -> option.getName().equals(name))
        .findFirst();
  }

  /** The names of the options of a component's endpoints. */
  Set<String> options(String scheme) {
    return models.computeIfAbsent(scheme, this::model).stream()
        .flatMap(model -> model.getEndpointParameterOptions().stream())
        .map(EndpointOptionModel::getName)
        .collect(Collectors.toSet());
  }

  private Optional<ComponentModel> model(String scheme) {
    return Optional.ofNullable(catalog.componentJSonSchema(scheme))
        .map(JsonMapper::generateComponentModel);
  }
}
