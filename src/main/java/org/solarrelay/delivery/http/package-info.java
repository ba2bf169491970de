/**
 * HTTP clients for vendors: the beans that the built-in kamelets name, {@code http:} and {@code
 * https:} for routes of engineers, response limits and masking, the rate limit, and the
 * classification of failed calls. The package depends on no queue and no delivery.
 */
package org.solarrelay.delivery.http;
