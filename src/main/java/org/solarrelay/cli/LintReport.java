package org.solarrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.solarrelay.routes.lint.Finding;
import org.solarrelay.routes.lint.Problem;

/** Prints the findings of lint in one of its formats. */
final class LintReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<Finding> findings;

  /** A format of the report. */
  enum Format {
    /** One line per problem, like a compiler's: {@code file:line:column: problem. fix}. */
    TEXT,
    /** {@code {"folder", "problems": [{file, line, column, rule, level, problem, mend}]}}. */
    JSON,
    /** SARIF 2.1.0 (OASIS), which editors and code hosts read. */
    SARIF
  }

  LintReport(Path folder, List<Finding> findings) {
    this.folder = folder;
    this.findings = findings;
  }

  void print(Format format, PrintStream out) {
    switch (format) {
      case TEXT -> text(out);
      case JSON -> out.println(pretty(json()));
      case SARIF -> out.println(pretty(SarifLog.of(folder, findings)));
    }
  }

  /** The number of findings that make files invalid. */
  long errors() {
    return findings.stream().filter(it -> it.level() == Finding.Level.ERROR).count();
  }

  private void text(PrintStream out) {
    for (Finding finding : findings) {
      Problem it = finding.problem();
      String level = finding.level() == Finding.Level.WARNING ? "warning: " : "";
      out.printf(
          "%s/%s:%d:%d: %s%s. %s%n",
          folder, it.file(), it.line(), it.column(), level, it.message(), it.fix());
    }
    out.println(summary());
  }

  private String summary() {
    if (errors() == 0) {
      return "The route files in %s are fine".formatted(folder);
    }
    long files =
        findings.stream()
            .filter(it -> it.level() == Finding.Level.ERROR)
            .map(it -> it.problem().file())
            .distinct()
            .count();
    return "%s in %s"
        .formatted(ConsoleFormat.count(errors(), "problem"), ConsoleFormat.count(files, "file"));
  }

  private ObjectNode json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode().put("folder", folder.toString());
    ArrayNode problems = report.putArray("problems");
    for (Finding finding : findings) {
      Problem it = finding.problem();
      problems
          .addObject()
          .put("file", it.file())
          .put("line", it.line())
          .put("column", it.column())
          .put("rule", finding.rule())
          .put("level", finding.level().word())
          .put("problem", it.message())
          .put("mend", it.fix());
    }
    return report;
  }

  private static String pretty(JsonNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
