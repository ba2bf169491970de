package org.solarrelay.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An operation of the OpenAPI document. */
record Operation(String method, String path, Node node, List<Node> parameters) {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private static final List<Operation> ALL = List.copyOf(read());

  private static final Map<Operation, Pattern> REQUESTS =
      ALL.stream().collect(Collectors.toMap(operation -> operation, Operation::request));

  static List<Operation> all() {
    return ALL;
  }

  private static List<Operation> read() {
    List<Operation> all = new ArrayList<>();
    Node.OPENAPI
        .get("paths")
        .members()
        .forEach(
            (path, item) ->
                item.members()
                    .forEach(
                        (method, node) -> {
                          if (METHODS.contains(method)) {
                            List<Node> parameters =
                                new ArrayList<>(item.get("parameters").elements());
                            parameters.addAll(node.get("parameters").elements());
                            all.add(new Operation(method.toUpperCase(), path, node, parameters));
                          }
                        }));
    return all;
  }

  /** Finds the operation of a request. */
  static Optional<Operation> of(String method, String path) {
    return all().stream()
        .filter(operation -> operation.method.equals(method) && operation.matches(path))
        // the path with fewer parameters is the more specific one
        .min(
            (a, b) ->
                a.path.replaceAll("[^{]", "").length() - b.path.replaceAll("[^{]", "").length());
  }

  /** Such as {@code GET /api/events/{id}}. */
  String name() {
    return method + " " + path;
  }

  String id() {
    return node.text("operationId");
  }

  /** The names of its parameters: path, query or header. */
  Set<String> parameters(String in) {
    return parameters.stream()
        .filter(parameter -> parameter.text("in").equals(in))
        .map(parameter -> parameter.text("name"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> statuses() {
    return new TreeSet<>(node.get("responses").members().keySet());
  }

  Node response(String status) {
    return node.get("responses").get(status);
  }

  private boolean matches(String request) {
    return REQUESTS.get(this).matcher(request).matches();
  }

  /** A pattern of the operation's request paths. */
  private Pattern request() {
    Matcher names = PARAMETER.matcher(path);
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    while (names.find()) {
      pattern.append(Pattern.quote(path.substring(end, names.start())));
      pattern.append(isNumber(names.group(1)) ? "\\d{1,18}" : "[^/]+");
      end = names.end();
    }
    return Pattern.compile(pattern + Pattern.quote(path.substring(end)));
  }

  private boolean isNumber(String parameter) {
    return parameters.stream()
        .filter(it -> it.text("name").equals(parameter))
        .anyMatch(it -> it.get("schema").text("type").equals("integer"));
  }
}
