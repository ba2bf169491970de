package org.solarrelay;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Every {@code @QuarkusTest} on one start of the application. Surefire hands each JVM one class
 * after the other, and Quarkus stops the application at the end of what it was handed.
 */
@Suite
@SelectPackages("org.solarrelay")
class ApplicationSuiteTest {}
