package org.solarrelay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;

/** What of the program may know what. */
class ArchitectureTest {

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.solarrelay");

  @Test
  void noTwoPackagesKnowEachOther() {
    slices().matching("org.solarrelay.(**)").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void theVocabularyKnowsNoStageAndNoVendor() {
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

  /** Destinations come and go with a file; only built-in ones are as they were at the start. */
  @Test
  void destinationsAreReadFromTheLiveConfiguration() {
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
  void noStageKnowsAVendor() {
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
  void theKafkaClientsDoNotKnowTheComponentTopic() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.topic.client")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.solarrelay.topic")
        .check(PROGRAM);
  }

  @Test
  void nothingKnowsTheOperatorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.solarrelay.delivery.api")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.solarrelay.delivery.api")
        .check(PROGRAM);
  }

  @Test
  void theHttpClientKnowsNoDelivery() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.delivery.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.solarrelay.delivery", "org.solarrelay.delivery.queue")
        .check(PROGRAM);
  }

  @Test
  void theQueueKnowsNeitherTheComponentDeliveryNorTheHttpClient() {
    noClasses()
        .that()
        .resideInAPackage("org.solarrelay.delivery.queue")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.solarrelay.delivery", "org.solarrelay.delivery.http")
        .check(PROGRAM);
  }

  /** Nested classes are named with the class around them, so they are left out. */
  @Test
  void noTwoClassesShareASimpleName() {
    Map<String, List<String>> classes =
        new ClassFileImporter()
            .importPackages("org.solarrelay").stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(
                    groupingBy(
                        JavaClass::getSimpleName,
                        mapping(JavaClass::getName, Collectors.toList())));

    assertThat(classes.values().stream().filter(same -> same.size() > 1)).isEmpty();
  }
}
