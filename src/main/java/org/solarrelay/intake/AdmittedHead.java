package org.solarrelay.intake;

/**
 * A webhook whose head has passed its checks.
 *
 * @param event what the URL says behind the source, empty where that is nothing
 * @param proven whether the head has shown that the sender is the source; a signature needs the
 *     body
 */
record AdmittedHead(WebhookSources.Source source, String event, boolean proven) {}
