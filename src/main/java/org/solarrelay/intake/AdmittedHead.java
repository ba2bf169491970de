package org.solarrelay.intake;

/**
 * The head of a webhook that has passed the checks of {@link WebhookHeadValidator}.
 *
 * @param event the part of the URL behind the source; empty if the URL ends there
 * @param authenticated whether the head alone authenticates the sender; a signature needs the body
 */
record AdmittedHead(WebhookSources.Source source, String event, boolean authenticated) {}
