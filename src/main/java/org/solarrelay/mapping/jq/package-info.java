/**
 * The language jq of route files: normalising functions, and limits for each evaluation. The
 * running program, specs, previews and lint compile expressions with {@link
 * org.solarrelay.mapping.jq.JqQuery}.
 */
package org.solarrelay.mapping.jq;
