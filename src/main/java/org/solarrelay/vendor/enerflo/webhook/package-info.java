/**
 * What Enerflo announces: its webhooks, of both generations, into events (route translate-enerflo).
 */
package org.solarrelay.vendor.enerflo.webhook;
