/** The pipeline's own Camel routes and the error handling that all routes share. */
package org.solarrelay.pipeline;
