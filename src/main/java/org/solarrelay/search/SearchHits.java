package org.solarrelay.search;

import java.util.List;
import java.util.Set;

/**
 * What a search has found, without the data itself.
 *
 * @param takenFor the kinds under which something was found; without a hit, the kinds that were
 *     tried
 * @param records numbers of records
 * @param events ids of events that were found by themselves, and not by their record
 * @param messages ids of webhooks and messages that are no event, or not yet
 */
public record SearchHits(
    Set<SearchKind> takenFor, List<Long> records, List<String> events, List<String> messages) {}
