/**
 * The operator API of events, deliveries and destinations: resources, their query parameters, and
 * the JSON that they respond with.
 */
package org.solarrelay.delivery.api;
