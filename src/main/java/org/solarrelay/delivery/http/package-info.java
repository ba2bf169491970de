/**
 * The HTTP clients: the beans that the vendors' kamelets name, {@code http:} and {@code https:} for
 * files of engineers, bounded and masked responses, the rate limit, and the class and text of a
 * failed call. It knows no queue and no delivery.
 */
package org.solarrelay.delivery.http;
