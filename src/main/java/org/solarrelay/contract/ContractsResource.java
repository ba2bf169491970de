package org.solarrelay.contract;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.solarrelay.event.EventType;
import org.solarrelay.ops.access.ApiProblem;

/** Serves the contract's documents: AsyncAPI, OpenAPI and JSON Schemas. */
@Path("/api/contracts")
public class ContractsResource {

  private static final String BASE = "/api/contracts/";

  private final ContractFiles files;

  ContractsResource(ContractFiles files) {
    this.files = files;
  }

  /** The list of documents. */
  record Page(List<Contract> items, String next) {}

  /**
   * A document.
   *
   * @param format AsyncAPI, OpenAPI or JSON Schema
   */
  record Contract(String name, String format, String url) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Page list() {
    Stream<Contract> documents =
        Stream.of(
            new Contract("asyncapi", "AsyncAPI", BASE + "asyncapi.yaml"),
            new Contract("openapi", "OpenAPI", BASE + "openapi.yaml"));
    Stream<Contract> schemas =
        Stream.concat(Stream.of(EventType.values()).map(EventType::id), Stream.of("outcome"))
            .map(name -> new Contract(name, "JSON Schema", BASE + "schemas/" + name + ".json"));
    return new Page(Stream.concat(documents, schemas).toList(), null);
  }

  /** Returns {@code asyncapi.yaml} (Kafka) or {@code openapi.yaml} (HTTP). */
  @GET
  @Path("{document}.yaml")
  @Produces("application/yaml")
  public String document(@PathParam("document") String document) {
    return require(files.document(document));
  }

  /**
   * Returns the JSON Schema of an event type's data.
   *
   * @param type an event type, {@code outcome}, or a file that the schemas refer to
   */
  @GET
  @Path("schemas/{type}.json")
  @Produces("application/schema+json")
  public String schema(@PathParam("type") String type) {
    return require(files.schema(type));
  }

  private static String require(Optional<String> document) {
    return document.orElseThrow(
        () ->
            new ApiProblem(
                404, "Not Found", "There is no such document; GET /api/contracts lists them"));
  }
}
