/**
 * What can be said of route files and kamelets without running them: each rule is a class, {@link
 * org.solarrelay.routes.lint.Lint} lists them. Nothing here needs a started application.
 */
package org.solarrelay.routes.lint;
