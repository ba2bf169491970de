package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An endpoint that a file names.
 *
 * @param parameters the mapping beside the URI, if there is one; Kaoto writes the endpoint's name
 *     into it
 * @param consumer whether a route begins at the endpoint
 */
public record EndpointUse(
    SourceFile file, YamlNode uri, Optional<YamlNode> parameters, boolean consumer) {

  private static final Map<String, String> NAMED_BY =
      Map.of(
          "direct", "name",
          "delivery", "destination",
          "topic", "names",
          "kamelet", "templateId",
          "http", "httpUri",
          "https", "httpUri");

  /** A placeholder for the URL of a destination in the configuration. */
  private static final Pattern CONFIGURED_URL =
      Pattern.compile(
          "\\{\\{(relay\\.destinations\\.[\\w-]+\\.url|url)(:[^}]*)?}}.*", Pattern.DOTALL);

  public String scheme() {
    int colon = text().indexOf(':');
    return colon < 0 ? text() : text().substring(0, colon);
  }

  /**
   * The part of the URI between the scheme and the options, without leading slashes; if the URI is
   * only a scheme, the value of its parameter.
   */
  public String name() {
    Optional<YamlNode> parameter = nameParameter();
    if (text().equals(scheme()) && parameter.isPresent()) {
      return parameter.get().text();
    }
    String rest = text().substring(Math.min(text().length(), scheme().length() + 1));
    int query = rest.indexOf('?');
    return (query < 0 ? rest : rest.substring(0, query)).replaceFirst("^//", "");
  }

  /** Scheme and name, such as {@code direct:fan-out}. */
  public String address() {
    return scheme() + ":" + name();
  }

  /** The parameter with the name of the called route or kamelet; empty if there is none. */
  public Optional<YamlNode> nameParameter() {
    return Optional.ofNullable(NAMED_BY.get(scheme()))
        .flatMap(this::parameter)
        .filter(YamlNode::isText);
  }

  private Optional<YamlNode> parameter(String name) {
    return parameters.map(it -> it.get(name));
  }

  /** The name of the called kamelet; empty if the endpoint is not a kamelet. */
  public String kamelet() {
    return scheme().equals("kamelet") ? name().replaceFirst("/.*", "") : "";
  }

  /**
   * Whether the endpoint is called by {@code http:} or {@code https:}, with a URL of the file or
   * the configuration.
   */
  boolean isHttpCall() {
    return !consumer
        && (scheme().equals("http")
            || scheme().equals("https")
            || CONFIGURED_URL.matcher(text()).matches());
  }

  /** The scheme of an HTTP call, for messages; {@code https} if the configuration decides. */
  String client() {
    return scheme().equals("http") ? "http" : "https";
  }

  /** The called URL, as written in the file. */
  String httpUrl() {
    return text().equals(scheme()) ? nameParameter().map(YamlNode::text).orElse(text()) : text();
  }

  public String text() {
    return uri.text();
  }

  /** Whether the message decides which endpoint is called. */
  boolean isDynamic() {
    return text().contains("${");
  }

  /** The value of an option in the parameters or the query; empty if it is missing. */
  String option(String name) {
    Optional<YamlNode> parameter = parameter(name);
    if (parameter.isPresent()) {
      return String.valueOf(parameter.get().text());
    }
    return query()
        .filter(it -> it.startsWith(name + "="))
        .findFirst()
        .orElse("=")
        .replaceFirst("^[^=]*=", "");
  }

  /** The node of an option: its value among the parameters, else the URI. */
  YamlNode optionNode(String name) {
    return parameter(name).orElse(uri);
  }

  /** The names of the options, without that of the endpoint's name. */
  Set<String> optionNames() {
    Set<String> names = new TreeSet<>();
    parameters
        .map(YamlNode::entries)
        .orElse(List.of())
        .forEach(entry -> names.add(String.valueOf(entry.name())));
    query().map(it -> it.replaceFirst("=.*", "")).forEach(names::add);
    names.remove(String.valueOf(NAMED_BY.get(scheme())));
    return names;
  }

  private Stream<String> query() {
    int query = text().indexOf('?');
    return query < 0
        ? Stream.empty()
        : Stream.of(text().substring(query + 1).split("&")).filter(it -> !it.isEmpty());
  }

  /** A problem at a part of a value of the endpoint. */
  Problem problem(YamlNode where, String part, String problem, String fix) {
    return file.problem(where, part, problem, fix);
  }

  Problem problem(YamlNode where, String problem, String fix) {
    return file.problem(where, problem, fix);
  }

  Problem problem(String problem, String fix) {
    return file.problem(uri, problem, fix);
  }
}
