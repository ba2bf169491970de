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

/** What the relay takes and gives, as documents for people and their tools. */
@Path("/api/contracts")
public class ContractsResource {

  private static final String HERE = "/api/contracts/";

  private final ContractFiles files;

  ContractsResource(ContractFiles files) {
    this.files = files;
  }

  /** The documents, as a list of the operator API. */
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
            new Contract("asyncapi", "AsyncAPI", HERE + "asyncapi.yaml"),
            new Contract("openapi", "OpenAPI", HERE + "openapi.yaml"));
    Stream<Contract> schemas =
        Stream.concat(Stream.of(EventType.values()).map(EventType::id), Stream.of("outcome"))
            .map(name -> new Contract(name, "JSON Schema", HERE + "schemas/" + name + ".json"));
    return new Page(Stream.concat(documents, schemas).toList(), null);
  }

  /** {@code asyncapi.yaml} says what flows over Kafka, {@code openapi.yaml} what over HTTP. */
  @GET
  @Path("{document}.yaml")
  @Produces("application/yaml")
  public String document(@PathParam("document") String document) {
    return found(files.document(document));
  }

  /**
   * The JSON Schema of an event type's data.
   *
   * @param type also {@code outcome}, and the files that the schemas refer to
   */
  @GET
  @Path("schemas/{type}.json")
  @Produces("application/schema+json")
  public String schema(@PathParam("type") String type) {
    return found(files.schema(type));
  }

  private static String found(Optional<String> document) {
    return document.orElseThrow(
        () ->
            new ApiProblem(
                404, "Not Found", "There is no such document; GET /api/contracts lists them"));
  }
}
