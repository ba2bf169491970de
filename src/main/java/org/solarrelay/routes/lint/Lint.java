package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.solarrelay.event.AddedTypes;

/** Finds what is wrong with a folder of routes, without starting any of it. */
public final class Lint {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final List<Rule> rules;

  public Lint() {
    CamelSchema camel = new CamelSchema();
    BeanIndex beans = new BeanIndex();
    this.rules =
        List.of(
            new SchemaRule(camel),
            new NamingRule(),
            new ErrorHandlerRule(),
            new DirectRule(),
            new TopicRule(),
            new AvailableRule(camel),
            new EndpointOptionsRule(),
            new KameletRule(),
            new KameletInputRule(beans),
            new KameletUseRule(),
            new BeanRule(beans),
            new ClassRule(),
            new SimpleRule(),
            new JqRule(),
            new PlaceholderRule(new KnownProperties()),
            new VendorUrlRule(),
            new HttpCallRule(),
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
    files.forEach((name, text) -> SourceFile.read(name, text, problems).ifPresent(readable::add));
    RouteSet set = new RouteSet(readable, AddedTypes.namesIn(files));
    rules.forEach(rule -> rule.check(set).forEach(problems::add));
    return problems.stream().distinct().sorted(ORDER).toList();
  }
}
