package org.solarrelay.ops.access;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Rejects requests under {@code /api} with a query parameter that the endpoint does not have. */
class QueryParameterCheck {

  private static final int LONGEST_NAME = 40;

  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    if (!ApiProblems.isApi(request.getUriInfo())) {
      return;
    }
    Method method = resource.getResourceMethod();
    Collection<String> given = request.getUriInfo().getQueryParameters().keySet();
    if (method == null || given.isEmpty()) {
      return;
    }
    Set<String> takes = known.computeIfAbsent(method, QueryParameterCheck::parameters);
    for (String name : given) {
      if (!takes.contains(name)) {
        throw unknown(name, takes);
      }
    }
  }

  private static Set<String> parameters(Method method) {
    return Stream.of(method.getParameters())
        .map(QueryParameterCheck::name)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<String> name(Parameter parameter) {
    RestQuery query = parameter.getAnnotation(RestQuery.class);
    if (query != null) {
      return Optional.of(query.value().isEmpty() ? parameter.getName() : query.value());
    }
    return Optional.ofNullable(parameter.getAnnotation(QueryParam.class)).map(QueryParam::value);
  }

  private static ApiProblem unknown(String name, Set<String> takes) {
    String shown = name.matches("[\\w.-]{1," + LONGEST_NAME + "}") ? " " + name : " of this name";
    return new ApiProblem(
        400,
        "Bad Request",
        takes.isEmpty()
            ? "There is no query parameter%s; this request takes none".formatted(shown)
            : "There is no query parameter%s; there are %s"
                .formatted(shown, String.join(", ", takes)));
  }
}
