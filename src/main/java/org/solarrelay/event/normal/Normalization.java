package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An event's data as every destination sees it.
 *
 * @param notes what was left out of the data or chosen from several values, in sentences for people
 */
public record Normalization(ObjectNode data, List<String> notes) {}
