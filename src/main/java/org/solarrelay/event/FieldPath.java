package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.networknt.schema.JsonNodePath;
import java.util.List;

/** Formats the path of a field in the data: {@code surveyFiles[0].name}. */
final class FieldPath {

  private static final int MAX_NAME_LENGTH = 60;

  private FieldPath() {}

  static String of(String parent, Object step) {
    if (step instanceof Integer index) {
      return parent + "[" + index + "]";
    }
    String name = String.valueOf(step);
    String shown = name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    String safe = shown.replaceAll("[^\\p{L}\\p{N} _.-]", "?");
    return parent.isEmpty() ? safe : parent + "." + safe;
  }

  static String of(JsonNodePath path) {
    String text = "";
    for (int i = 0; i < path.getNameCount(); i++) {
      text = of(text, path.getElement(i));
    }
    return text;
  }

  static String of(List<Reference> path) {
    String text = "";
    for (Reference step : path) {
      Object name = step.getFieldName() == null ? (Object) step.getIndex() : step.getFieldName();
      text = of(text, name);
    }
    return text;
  }
}
