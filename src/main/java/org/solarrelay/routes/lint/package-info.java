/**
 * Static checks of route files and kamelets. Each rule is a class; {@link
 * org.solarrelay.routes.lint.Lint} lists them. No check needs a started application.
 */
package org.solarrelay.routes.lint;
