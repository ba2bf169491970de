package org.solarrelay.identity.echo;

import java.time.OffsetDateTime;
import org.solarrelay.event.Event;

/**
 * The state of a record in a system at a time.
 *
 * @param state the event that led to the state
 */
public record KnownState(Event state, OffsetDateTime at) {}
