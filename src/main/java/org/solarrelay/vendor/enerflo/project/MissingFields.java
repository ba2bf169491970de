package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.solarrelay.event.JsonFields;

/** A JSON object whose missing fields are filled; its other fields stay. */
record MissingFields(ObjectNode node) {

  /** Nothing happens where there is no value, nor where the field has one. */
  void fill(String name, String value) {
    if (value != null && fields().text(name) == null) {
      node.put(name, value);
    }
  }

  /** The inner object of that name, made where there is none. */
  MissingFields in(String name) {
    return new MissingFields(
        node.path(name) instanceof ObjectNode object ? object : node.putObject(name));
  }

  JsonFields fields() {
    return new JsonFields(node);
  }
}
