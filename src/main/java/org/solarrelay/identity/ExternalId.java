package org.solarrelay.identity;

/**
 * The id of a record in a system, and the source from which the relay learnt the id.
 *
 * @param name {@code system.kind}, such as {@code enerflo.install} or {@code crm.lead}
 * @param from the source, for people: "Enerflo's response" or "look-up by e-mail in Flip"
 */
public record ExternalId(String name, String id, String from) {}
