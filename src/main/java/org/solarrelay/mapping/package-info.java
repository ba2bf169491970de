/**
 * Outcomes of deliveries for route files; the package {@code jq} has the language of expressions.
 */
package org.solarrelay.mapping;
