/** How a delivery ended, for route files; their jq is in {@code jq}. */
package org.solarrelay.mapping;
