package org.solarrelay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;

/** The allowed dependencies between packages, and rules for class names. */
class ArchitectureTest {

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.solarrelay");

  /** Collects names only, because analysing calls takes most of the time. */
  private static final Pattern TOP_LEVEL = Pattern.compile("([^$]+)\\.class");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.solarrelay.(**)").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void theEventModelDependsOnNoStageAndNoVendor() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.event..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.solarrelay.topic..",
            "org.solarrelay.delivery..",
            "org.solarrelay.pipeline..",
            "org.solarrelay.intake..",
            "org.solarrelay.vendor..")
        .check(PROGRAM);
  }

  /** Destinations change at run time, so {@code RelayConfig.destinations()} may be outdated. */
  @Test
  void destinationsAreReadFromReloadableConfig() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.solarrelay.config", "org.solarrelay.vendor..", "org.solarrelay.dryrun")
        .and()
        .doNotHaveSimpleName("RouteFileLoader")
        .should()
        .callMethod(RelayConfig.class, "destinations")
        .check(PROGRAM);
  }

  @Test
  void noStageDependsOnAVendor() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.solarrelay.topic..",
            "org.solarrelay.delivery..",
            "org.solarrelay.pipeline..",
            "org.solarrelay.intake..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.solarrelay.vendor..")
        .check(PROGRAM);
  }

  @Test
  void theKafkaClientsDoNotDependOnTheComponentTopic() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.topic.client")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.solarrelay.topic")
        .check(PROGRAM);
  }

  @Test
  void onlyTheConsoleAndTheSearchDependOnTheOperatorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.solarrelay.delivery.api", "org.solarrelay.console", "org.solarrelay.search")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.solarrelay.delivery.api")
        .check(PROGRAM);
  }

  @Test
  void nothingDependsOnTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.solarrelay.console..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.solarrelay.console..")
        .check(PROGRAM);
  }

  @Test
  void theHttpClientDependsOnNoDelivery() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.delivery.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.solarrelay.delivery", "org.solarrelay.delivery.queue")
        .check(PROGRAM);
  }

  @Test
  void theQueueDependsNeitherOnTheComponentDeliveryNorOnTheHttpClient() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.delivery.queue")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.solarrelay.delivery", "org.solarrelay.delivery.http")
        .check(PROGRAM);
  }

  /** {@code Sql} binds parameters by name and closes its resources. */
  @Test
  void onlySqlPreparesStatements() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.solarrelay.database")
        .should()
        .callMethod(Connection.class, "prepareStatement", String.class)
        .orShould()
        .callMethod(Connection.class, "createStatement")
        .check(PROGRAM);
  }

  /** Nested classes are excluded, because code names them with their outer class. */
  @Test
  void noTwoClassesShareASimpleName() throws IOException {
    Map<String, List<String>> classes = new HashMap<>();
    for (String folder : List.of("target/classes", "target/test-classes")) {
      try (Stream<Path> files = Files.walk(Path.of(folder, "org", "solarrelay"))) {
        files.forEach(
            file -> {
              Matcher type = TOP_LEVEL.matcher(file.getFileName().toString());
              if (type.matches() && !type.group(1).equals("package-info")) {
                classes
                    .computeIfAbsent(type.group(1), name -> new ArrayList<>())
                    .add(file.toString());
              }
            });
      }
    }

    assertThat(classes).containsKeys("ArchitectureTest", "RelayConfig");
    assertThat(classes.values().stream().filter(same -> same.size() > 1)).isEmpty();
  }
}
