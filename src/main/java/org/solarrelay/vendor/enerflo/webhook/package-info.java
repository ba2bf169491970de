/**
 * Translates Enerflo's webhooks, of versions 1.0 and 2.0, into events (route translate-enerflo).
 */
package org.solarrelay.vendor.enerflo.webhook;
