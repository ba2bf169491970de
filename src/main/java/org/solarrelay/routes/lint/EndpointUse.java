package org.solarrelay.routes.lint;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place in a file that names an endpoint.
 *
 * @param parameters the mapping beside the URI, or null; once Kaoto has changed a step, it holds
 *     the endpoint's name too
 * @param consumer whether a route begins there
 */
public record EndpointUse(SourceFile file, YamlNode uri, YamlNode parameters, boolean consumer) {

  private static final Map<String, String> NAMED_BY =
      Map.of(
          "direct", "name",
          "delivery", "destination",
          "topic", "names",
          "kamelet", "templateId",
          "http", "httpUri",
          "https", "httpUri");

  /** The URL of a destination, as the configuration has it. */
  private static final Pattern CONFIGURED_URL =
      Pattern.compile(
          "\\{\\{(relay\\.destinations\\.[\\w-]+\\.url|url)(:[^}]*)?}}.*", Pattern.DOTALL);

  public String scheme() {
    int colon = text().indexOf(':');
    return colon < 0 ? text() : text().substring(0, colon);
  }

  /**
   * What stands between the scheme and the options, without slashes in front; where only the scheme
   * stands there, what its parameter says.
   */
  public String name() {
    YamlNode parameter = nameParameter();
    if (text().equals(scheme()) && parameter != null) {
      return parameter.text();
    }
    String rest = text().substring(Math.min(text().length(), scheme().length() + 1));
    int query = rest.indexOf('?');
    return (query < 0 ? rest : rest.substring(0, query)).replaceFirst("^//", "");
  }

  /** Scheme and name, such as {@code direct:fan-out}. */
  public String address() {
    return scheme() + ":" + name();
  }

  /** The parameter with the name of a route or kamelet that is called, or null. */
  public YamlNode nameParameter() {
    String key = NAMED_BY.get(scheme());
    YamlNode parameter = key == null || parameters == null ? null : parameters.get(key);
    return parameter == null || !parameter.isText() ? null : parameter;
  }

  /** The name of the kamelet that is called; empty where it is none. */
  public String kamelet() {
    return scheme().equals("kamelet") ? name().replaceFirst("/.*", "") : "";
  }

  /** Whether {@code http:} or {@code https:} calls there, be it by a URL of the configuration. */
  boolean isHttpCall() {
    return !consumer
        && (scheme().equals("http")
            || scheme().equals("https")
            || CONFIGURED_URL.matcher(text()).matches());
  }

  /** Which of the two calls, for messages; {@code https} where the configuration decides. */
  String client() {
    return scheme().equals("http") ? "http" : "https";
  }

  /** The URL that is called, as it stands in the file. */
  String httpUrl() {
    return text().equals(scheme()) && nameParameter() != null ? nameParameter().text() : text();
  }

  public String text() {
    return uri.text();
  }

  /** Whether a message decides where it leads. */
  boolean isDynamic() {
    return text().contains("${");
  }

  /** The value of an option, of the parameters or the query; empty where it is not given. */
  String option(String name) {
    YamlNode parameter = parameters == null ? null : parameters.get(name);
    if (parameter != null) {
      return String.valueOf(parameter.text());
    }
    return query()
        .filter(it -> it.startsWith(name + "="))
        .findFirst()
        .orElse("=")
        .replaceFirst("^[^=]*=", "");
  }

  /** Where an option stands: its value among the parameters, else the URI. */
  YamlNode optionNode(String name) {
    YamlNode parameter = parameters == null ? null : parameters.get(name);
    return parameter == null ? uri : parameter;
  }

  /** The names of the options that are given, without that of the endpoint's name. */
  Set<String> optionNames() {
    Set<String> names = new TreeSet<>();
    if (parameters != null) {
      parameters.entries().forEach(entry -> names.add(String.valueOf(entry.name())));
    }
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
