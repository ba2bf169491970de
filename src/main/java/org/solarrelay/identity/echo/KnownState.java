package org.solarrelay.identity.echo;

import java.time.OffsetDateTime;
import org.solarrelay.event.Event;

/**
 * The state of a record in a system at a time.
 *
 * @param state the event that led to the state
 * @param ours whether the relay wrote the state; else the system reported it
 * @param answered whether the system confirmed the write
 */
record KnownState(Event state, OffsetDateTime at, boolean ours, boolean answered) {}
