package org.solarrelay.contract;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A method of a JAX-RS resource. */
record Endpoint(String verb, Method method) {

  private static final List<Class<? extends Annotation>> NO_BODY =
      List.of(
          PathParam.class,
          RestPath.class,
          QueryParam.class,
          RestQuery.class,
          HeaderParam.class,
          RestHeader.class,
          Context.class);

  static Stream<Endpoint> of(Class<?> resource) {
    return Stream.of(resource.getDeclaredMethods())
        .flatMap(
            method ->
                Stream.of(method.getAnnotations())
                    .map(found -> found.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .map(verb -> new Endpoint(verb.value(), method)));
  }

  /** Such as {@code GET /api/events/{id}}. */
  String name() {
    Path own = method.getAnnotation(Path.class);
    String path =
        method.getDeclaringClass().getAnnotation(Path.class).value()
            + (own == null ? "" : "/" + own.value());
    return verb
        + " "
        + path.replaceAll("/+", "/").replaceAll("\\{(\\w+)\\s*:(?:[^{}]|\\{[^}]*})*}", "{$1}");
  }

  Set<String> parameters(String in) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : method.getParameters()) {
      String name = name(parameter, in);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  boolean takesBody() {
    return Stream.of(method.getParameters())
        .anyMatch(parameter -> NO_BODY.stream().noneMatch(parameter::isAnnotationPresent));
  }

  private static String name(Parameter parameter, String in) {
    return switch (in) {
      case "path" -> {
        PathParam jaxRs = parameter.getAnnotation(PathParam.class);
        RestPath own = parameter.getAnnotation(RestPath.class);
        yield jaxRs != null ? jaxRs.value() : own == null ? null : named(own.value(), parameter);
      }
      case "query" -> {
        QueryParam jaxRs = parameter.getAnnotation(QueryParam.class);
        RestQuery own = parameter.getAnnotation(RestQuery.class);
        yield jaxRs != null ? jaxRs.value() : own == null ? null : named(own.value(), parameter);
      }
      default -> {
        HeaderParam jaxRs = parameter.getAnnotation(HeaderParam.class);
        RestHeader own = parameter.getAnnotation(RestHeader.class);
        yield jaxRs != null ? jaxRs.value() : own == null ? null : named(own.value(), parameter);
      }
    };
  }

  private static String named(String value, Parameter parameter) {
    return value.isEmpty() ? parameter.getName() : value;
  }
}
