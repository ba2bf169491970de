package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds what is wrong with a folder of routes, without starting any of it. */
public final class Lint {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final List<Rule> rules;

  public Lint() {
    CamelSchema camel = new CamelSchema();
    this.rules =
        List.of(
            new SchemaRule(camel),
            new NamingRule(),
            new DirectRule(),
            new AvailableRule(camel),
            new EndpointOptionsRule(),
            new KameletRule(),
            new KameletUseRule(),
            new BeanRule(new BeanIndex()),
            new ClassRule(),
            new SimpleRule(),
            new PlaceholderRule(new KnownProperties()),
            new VendorUrlRule(),
            new SecretRule());
  }

  /**
   * The problems of a folder's files, in the order of files and lines; none where it can be used.
   *
   * @throws IOException where the folder can not be read
   */
  public List<Problem> check(Path folder) throws IOException {
    return check(FolderFiles.read(folder));
  }

  /**
   * @param files text by path within the folder
   */
  public List<Problem> check(Map<String, String> files) {
    List<Problem> problems = new ArrayList<>();
    List<SourceFile> readable = new ArrayList<>();
    files.forEach((name, text) -> read(name, text, problems).ifPresent(readable::add));
    RouteSet set = new RouteSet(readable);
    rules.forEach(rule -> rule.check(set).forEach(problems::add));
    return problems.stream().distinct().sorted(ORDER).toList();
  }

  private static Optional<SourceFile> read(String name, String text, List<Problem> problems) {
    if (!SourceFile.isRoutes(name) && !SourceFile.isKamelet(name)) {
      String mend = "Routes are <name>.camel.yaml, kamelets kamelets/<name>.kamelet.yaml";
      problems.add(new Problem(name, 1, 1, "this file is not read", mend));
      return Optional.empty();
    }
    try {
      Optional<YamlNode> root = YamlNode.parse(text);
      if (root.isPresent() && root.get().containsItself()) {
        problems.add(new Problem(name, 1, 1, "a value contains itself", "Remove the alias"));
      } else if (root.isPresent() && !root.get().isText()) {
        return root.map(node -> new SourceFile(name, node));
      } else {
        problems.add(new Problem(name, 1, 1, "the file is empty", "Fill it, or delete it"));
      }
    } catch (MarkedYamlEngineException e) {
      Mark at = e.getProblemMark().orElse(null);
      problems.add(
          new Problem(
              name,
              at == null ? 1 : at.getLine() + 1,
              at == null ? 1 : at.getColumn() + 1,
              "this is no YAML: %s".formatted(e.getProblem()),
              "Look at the indentation, colons and quotes here and in the line above"));
    } catch (YamlEngineException e) {
      problems.add(
          new Problem(name, 1, 1, "this is no YAML: " + e.getMessage(), "Mend or replace it"));
    }
    return Optional.empty();
  }
}
