package org.solarrelay.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Route files match Camel's schema of its YAML DSL; kamelets match the relay's schema. */
final class SchemaRule implements Rule {

  private final CamelSchema camel;
  private final JsonNode kamelet = CamelSchema.read("routes/kamelet.schema.json");

  private final FileCheck perFile = new FileCheck(this::inFile);

  SchemaRule(CamelSchema camel) {
    this.camel = camel;
  }

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private Stream<Problem> inFile(SourceFile file) {
    return new FileSchemaRule(camel, file).against(file.isKamelet() ? kamelet : camel.routes());
  }
}
