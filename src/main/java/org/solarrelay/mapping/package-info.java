/** Outcomes of deliveries for route files; {@code jq} has the language of their expressions. */
package org.solarrelay.mapping;
