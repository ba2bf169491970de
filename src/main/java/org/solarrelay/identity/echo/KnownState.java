package org.solarrelay.identity.echo;

import java.time.OffsetDateTime;
import org.solarrelay.event.Event;

/**
 * A state that a system is known to have.
 *
 * @param ours whether this relay wrote it there, as opposed to hearing it from there
 * @param answered whether the system has told us so, and with it which record it wrote
 */
record KnownState(Event state, OffsetDateTime at, boolean ours, boolean answered) {}
