package org.solarrelay.routes.lint;

import java.util.List;
import java.util.stream.Stream;

/**
 * A route, or the template of a kamelet.
 *
 * @param file the file that contains it
 * @param node the {@code route} or the {@code template}
 * @param name the route's id, or the kamelet's name
 * @param endpoints the endpoints that it names
 */
record RouteUnit(SourceFile file, YamlNode node, String name, List<EndpointUse> endpoints) {

  /** The routes and kamelets of a file. */
  static Stream<RouteUnit> of(SourceFile file) {
    if (file.isKamelet()) {
      YamlNode template = file.root().at("spec", "template");
      return template == null ? Stream.empty() : Stream.of(of(file, template, file.stem()));
    }
    return file.routes().stream().map(route -> of(file, route, String.valueOf(route.textAt("id"))));
  }

  private static RouteUnit of(SourceFile file, YamlNode node, String name) {
    return new RouteUnit(file, node, name, new SourceFile(file.name(), node).endpoints());
  }

  /** The first endpoint, such as {@code direct:fan-out}; empty if it is missing. */
  String begin() {
    return endpoints.stream()
        .filter(EndpointUse::consumer)
        .map(EndpointUse::address)
        .findFirst()
        .orElse("");
  }

  /** The endpoints that its steps name. */
  Stream<EndpointUse> calls() {
    return endpoints.stream().filter(use -> !use.consumer());
  }

  /** Every step, at any depth. */
  Stream<RouteStep> steps() {
    return RouteStep.in(node);
  }

  RouteRole role() {
    return RouteRole.of(begin());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RouteUnit unit
        && unit.name.equals(name)
        && unit.begin().equals(begin())
        && unit.file.name().equals(file.name());
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
