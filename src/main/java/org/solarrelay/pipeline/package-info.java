/** The pipeline as Camel routes: what every route shares, on one page each. */
package org.solarrelay.pipeline;
