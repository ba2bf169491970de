package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.activity.ActivityQueries;

/** Lists who did what. */
@Path("/api/activity")
@Produces(MediaType.APPLICATION_JSON)
public class ActivityResource {

  private final ActivityQueries activities;

  ActivityResource(ActivityQueries activities) {
    this.activities = activities;
  }

  /**
   * Lists activities, newest first.
   *
   * @param cursor the {@code next} of the previous page
   */
  @GET
  public ResultPage<ActivityQueries.ActivityEntry> list(
      @BeanParam ActivityParameters selected, @RestQuery String cursor, @RestQuery String limit)
      throws SQLException {
    int size = ResultPage.size(limit);
    long before = QueryParameters.number("cursor", cursor, Long.MAX_VALUE);
    List<ActivityQueries.ActivityEntry> found =
        activities.find(selected.filter(), before, size + 1);
    return ResultPage.of(found, size, last -> Long.toString(last.id()));
  }
}
