package org.solarrelay.contract;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** An endpoint in the code: a method of a JAX-RS resource. */
record Endpoint(String verb, Method method) {

  private static final List<Class<? extends Annotation>> NO_BODY =
      List.of(
          PathParam.class,
          RestPath.class,
          QueryParam.class,
          RestQuery.class,
          HeaderParam.class,
          RestHeader.class,
          BeanParam.class,
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
      add(names, name(parameter, parameter.getName(), in));
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          add(names, name(field, field.getName(), in));
        }
      }
    }
    return names;
  }

  private static void add(Set<String> names, String name) {
    if (name != null) {
      names.add(name);
    }
  }

  boolean takesBody() {
    return Stream.of(method.getParameters())
        .anyMatch(parameter -> NO_BODY.stream().noneMatch(parameter::isAnnotationPresent));
  }

  private static String name(AnnotatedElement element, String name, String in) {
    return switch (in) {
      case "path" -> {
        PathParam jaxRs = element.getAnnotation(PathParam.class);
        RestPath own = element.getAnnotation(RestPath.class);
        yield jaxRs != null ? jaxRs.value() : own == null ? null : named(own.value(), name);
      }
      case "query" -> {
        QueryParam jaxRs = element.getAnnotation(QueryParam.class);
        RestQuery own = element.getAnnotation(RestQuery.class);
        yield jaxRs != null ? jaxRs.value() : own == null ? null : named(own.value(), name);
      }
      default -> {
        HeaderParam jaxRs = element.getAnnotation(HeaderParam.class);
        RestHeader own = element.getAnnotation(RestHeader.class);
        yield jaxRs != null ? jaxRs.value() : own == null ? null : named(own.value(), name);
      }
    };
  }

  private static String named(String value, String name) {
    return value.isEmpty() ? name : value;
  }
}
