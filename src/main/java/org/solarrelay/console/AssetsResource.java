package org.solarrelay.console;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.solarrelay.ops.access.ApiProblem;

/** Serves the console's scripts and styles, which need no session. */
@Path("/console/assets/{digest}/{name}")
public class AssetsResource {

  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String NEVER = "no-cache";

  private final ConsoleAssets assets;

  AssetsResource(ConsoleAssets assets) {
    this.assets = assets;
  }

  /**
   * @param digest the digest of all files; with the digest of another version the browser must not
   *     keep the file
   */
  @GET
  public Response asset(
      @PathParam("digest") String digest,
      @PathParam("name") String name,
      @Context HttpServerResponse vertx) {
    ConsoleAssets.Asset asset =
        assets
            .find(name)
            .orElseThrow(() -> new ApiProblem(404, "Not Found", "The console has no such file"));
    // replaces the header of quarkus.http.header
    vertx.headers().set(HttpHeaders.CACHE_CONTROL, assets.isCurrent(digest) ? FOR_EVER : NEVER);
    return Response.ok(asset.bytes(), asset.mediaType()).build();
  }
}
