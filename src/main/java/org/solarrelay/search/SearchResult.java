package org.solarrelay.search;

import java.util.List;
import java.util.Set;
import org.solarrelay.identity.RecordService;

/**
 * What a search has found, in the operator API.
 *
 * @param takenFor the kinds under which something was found; without a hit, the kinds that were
 *     tried
 * @param records with their customers and projects; customers come first
 * @param events the newest first
 * @param messages ids of webhooks and messages that are no event, or not yet; {@code
 *     /api/events/{id}} has their history
 */
public record SearchResult(
    Set<SearchKind> takenFor,
    List<RecordService.Shown> records,
    List<FoundEvent> events,
    List<String> messages) {}
