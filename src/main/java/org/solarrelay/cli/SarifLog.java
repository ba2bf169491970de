package org.solarrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.solarrelay.routes.lint.Finding;
import org.solarrelay.routes.lint.Problem;

/**
 * Converts findings to SARIF 2.1.0: one run, one result per problem. With a relative folder the
 * URIs are relative to the working directory, as code hosts need them.
 *
 * <p>Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.30.
 */
final class SarifLog {

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private SarifLog() {}

  static ObjectNode of(Path folder, List<Finding> findings) {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    List<String> rules = findings.stream().map(Finding::rule).distinct().sorted().toList();
    ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "relay lint");
    ArrayNode ruleObjects = driver.putArray("rules");
    rules.forEach(rule -> ruleObjects.addObject().put("id", rule));
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    findings.forEach(finding -> result(results.addObject(), folder, finding, rules));
    return log;
  }

  private static void result(ObjectNode result, Path folder, Finding finding, List<String> rules) {
    Problem problem = finding.problem();
    result
        .put("ruleId", finding.rule())
        .put("ruleIndex", rules.indexOf(finding.rule()))
        .put("level", finding.level().word());
    result.putObject("message").put("text", problem.message() + ". " + problem.fix());
    ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
    location.putObject("artifactLocation").put("uri", uri(folder.resolve(problem.file())));
    location
        .putObject("region")
        .put("startLine", problem.line())
        .put("startColumn", problem.column());
  }

  private static String uri(Path file) {
    if (file.isAbsolute()) {
      return file.toUri().toString();
    }
    try {
      String path = file.normalize().toString().replace('\\', '/');
      return new URI(null, null, path, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
