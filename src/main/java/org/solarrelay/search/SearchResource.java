package org.solarrelay.search;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.solarrelay.ops.access.JsonBody;

/**
 * Searches for operators. The text is in the body, because a URL must not hold a person's data:
 * proxies log it.
 */
@Path("/api/search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

  private final SearchService searches;

  SearchResource(SearchService searches) {
    this.searches = searches;
  }

  /**
   * @param body {@code {"text": "ada@example.com"}}
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public SearchResult search(byte[] body) throws SQLException {
    JsonNode text = JsonBody.optional(body, "{\"text\": \"ada@example.com\"}").path("text");
    return searches.load(searches.find(text.textValue()));
  }
}
