package org.solarrelay.routes.lint;

/**
 * A place in a file that names an endpoint.
 *
 * @param parameters the mapping beside the URI, or null
 * @param consumer whether a route begins there
 */
public record EndpointUse(SourceFile file, YamlNode uri, YamlNode parameters, boolean consumer) {

  public String scheme() {
    int colon = text().indexOf(':');
    return colon < 0 ? text() : text().substring(0, colon);
  }

  /** What stands between the scheme and the options, without slashes in front. */
  public String name() {
    String rest = text().substring(Math.min(text().length(), scheme().length() + 1));
    int query = rest.indexOf('?');
    return (query < 0 ? rest : rest.substring(0, query)).replaceFirst("^//", "");
  }

  /** The name of the kamelet that is called; empty where it is none. */
  public String kamelet() {
    return scheme().equals("kamelet") ? name().replaceFirst("/.*", "") : "";
  }

  public String text() {
    return uri.text();
  }

  /** Whether a message decides where it leads. */
  boolean isDynamic() {
    return text().contains("${");
  }

  Problem problem(String problem, String mend) {
    return file.problem(uri, problem, mend);
  }
}
