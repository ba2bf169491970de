/**
 * The vendors' HTTP client: the beans that kamelets name, bounded and masked responses, the rate
 * limit, and the class and text of a failed call. It knows no queue and no delivery.
 */
package org.solarrelay.delivery.http;
