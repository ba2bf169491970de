package org.solarrelay.identity;

/**
 * An id that a record has in some system, and where the relay learnt it.
 *
 * @param name {@code system.kind}, such as {@code enerflo.install} or {@code crm.lead}
 * @param from for people: such as "Enerflo's answer" or "look-up by e-mail in Flip"
 */
public record ExternalId(String name, String id, String from) {}
