package org.solarrelay;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Runs every {@code @QuarkusTest} on one start of the application. Surefire passes classes to a JVM
 * one by one, and Quarkus stops the application after each.
 */
@Suite
@SelectPackages("org.solarrelay")
class ApplicationSuiteTest {}
