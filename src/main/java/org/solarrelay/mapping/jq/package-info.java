/**
 * The language jq of route files: functions of the normalisation, and limits on what one evaluation
 * takes. The running program, specs, previews and lint compile expressions with {@link
 * org.solarrelay.mapping.jq.JqQuery}.
 */
package org.solarrelay.mapping.jq;
