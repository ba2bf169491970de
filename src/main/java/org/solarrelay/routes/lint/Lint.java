package org.solarrelay.routes.lint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.CustomEventTypes;

/**
 * Finds the problems of a folder of routes without starting a route. A second check reads only the
 * changed files again, and repeats the rules about several files.
 */
public final class Lint {

  private final List<Rule> rules;
  private final SourceFileCache cache = new SourceFileCache();

  public Lint() {
    CamelSchema camel = new CamelSchema();
    CamelCatalog catalog = new CamelCatalog();
    this.rules =
        List.of(
            new SchemaRule(camel),
            new NamingRule(),
            new ErrorHandlerRule(),
            new EmptyBranchRule(),
            new DirectRule(),
            new TopicRule(),
            new AvailableRule(camel),
            new EndpointOptionsRule(catalog),
            new EndpointValueRule(catalog),
            new KafkaRule(),
            new KameletRule(),
            new KameletInputRule(),
            new KameletUseRule(),
            new KameletPropertyRule(),
            new VendorClientRule(),
            new BeanRule(),
            new RouteOutcomeRule(),
            new ClassRule(),
            new VariableRule(),
            new LiteralRule(),
            new SimpleRule(),
            new JqRule(),
            new ReplacedByJqRule(),
            new EventTypeRule(),
            new FanOutRule(),
            new CircleRule(),
            new FlowRule(),
            new LoopRule(),
            new StepRule(),
            new BlockingRule(),
            new OutcomeRule(),
            new PlaceholderRule(new KnownProperties()),
            new VendorUrlRule(),
            new HostRule(),
            new HttpCallRule(),
            new SecretRule(),
            new PersonalDataRule());
  }

  /**
   * The problems of the files that the program reads, in the order of files and lines; none if the
   * files can be used.
   *
   * @throws IOException if the folder cannot be read
   */
  public List<Problem> check(Path folder) throws IOException {
    return check(FolderFiles.read(folder));
  }

  /**
   * @param files text by path within the folder
   */
  public List<Problem> check(Map<String, String> files) {
    return findings(files).map(Finding::problem).distinct().sorted(Problem.ORDER).toList();
  }

  /**
   * The problems, each with its rule.
   *
   * @param files text by path within the folder
   */
  public Stream<Finding> findings(Map<String, String> files) {
    List<Problem> unreadable = new ArrayList<>();
    List<SourceFile> readable = cache.read(files, unreadable);
    RouteFolderIndex index =
        new RouteFolderIndex(
            readable,
            CustomEventTypes.namesIn(files),
            DestinationsFile.names(files),
            names(unreadable));
    return Stream.of(
            unreadable.stream().map(problem -> new Finding(Finding.UNREADABLE, problem)),
            DestinationsFile.misspelt(files, index.entries())
                .map(problem -> new Finding("destinations", problem)),
            rules.stream()
                .flatMap(rule -> rule.check(index).map(problem -> new Finding(id(rule), problem))))
        .flatMap(found -> found);
  }

  private static Set<String> names(List<Problem> problems) {
    return problems.stream().map(Problem::file).collect(Collectors.toSet());
  }

  /** The id of a rule, such as {@code kamelet-use} of {@link KameletUseRule}. */
  private static String id(Rule rule) {
    return rule.getClass()
        .getSimpleName()
        .replaceFirst("Rule$", "")
        .replaceAll("(?<!^)([A-Z])", "-$1")
        .toLowerCase(Locale.ROOT);
  }
}
