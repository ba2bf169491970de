package org.solarrelay.ops.access;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects requests under {@code /api} with a query parameter that is unknown, repeated or empty.
 * Requests of the console are checked in the same way, but may have empty parameters, because its
 * forms send them.
 */
class QueryParameterCheck {

  private static final int MAX_NAME_LENGTH = 40;

  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    boolean console = ConsoleAccess.serves(request.getUriInfo());
    if (!console && !ApiProblems.isApi(request.getUriInfo())) {
      return;
    }
    Method method = resource.getResourceMethod();
    Map<String, List<String>> given = request.getUriInfo().getQueryParameters();
    if (method == null || given.isEmpty()) {
      return;
    }
    Set<String> allowed = known.computeIfAbsent(method, QueryParameterCheck::parameters);
    given.forEach(
        (name, values) -> {
          if (!allowed.contains(name) && !(console && name.equals(FormToken.PARAMETER))) {
            throw unknown(name, allowed);
          }
          if (values.size() > 1) {
            throw badRequest("The query parameter %s is given more than once".formatted(name));
          }
          // the endpoint would ignore it and select more than the caller wants
          if (values.get(0).isEmpty() && !console) {
            throw badRequest("The query parameter %s has no value".formatted(name));
          }
        });
  }

  private static Set<String> parameters(Method method) {
    return Stream.of(method.getParameters())
        .flatMap(QueryParameterCheck::names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> names(Parameter parameter) {
    return parameter.isAnnotationPresent(BeanParam.class)
        ? Stream.of(parameter.getType().getDeclaredFields())
            .flatMap(field -> name(field, field.getName()).stream())
        : name(parameter, parameter.getName()).stream();
  }

  private static Optional<String> name(AnnotatedElement element, String javaName) {
    RestQuery query = element.getAnnotation(RestQuery.class);
    if (query != null) {
      return Optional.of(query.value().isEmpty() ? javaName : query.value());
    }
    return Optional.ofNullable(element.getAnnotation(QueryParam.class)).map(QueryParam::value);
  }

  private static ApiProblem unknown(String name, Set<String> allowed) {
    String shown =
        name.matches("[\\w.-]{1," + MAX_NAME_LENGTH + "}") ? " " + name : " of this name";
    return badRequest(
        allowed.isEmpty()
            ? "There is no query parameter%s; this endpoint has none".formatted(shown)
            : "There is no query parameter%s; there are %s"
                .formatted(shown, String.join(", ", allowed)));
  }

  private static ApiProblem badRequest(String detail) {
    return new ApiProblem(400, "Bad Request", detail);
  }
}
