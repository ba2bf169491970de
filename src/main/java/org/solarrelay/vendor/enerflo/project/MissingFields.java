package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.solarrelay.event.JsonFields;

/** Fills the missing fields of a JSON object. Other fields stay. */
record MissingFields(ObjectNode node) {

  /** Sets a field, unless the value is null or the field has a value. */
  void fill(String name, String value) {
    if (value != null && fields().text(name) == null) {
      node.put(name, value);
    }
  }

  /** The inner object with this name; created if it is missing. */
  MissingFields in(String name) {
    return new MissingFields(
        node.path(name) instanceof ObjectNode object ? object : node.putObject(name));
  }

  JsonFields fields() {
    return new JsonFields(node);
  }
}
