package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.identity.RecordService;
import org.solarrelay.identity.RecordsResource;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.ForViewers;
import org.solarrelay.search.EventFinder;
import org.solarrelay.search.FoundEvent;

/**
 * The page of a record, with its customer and its projects: their ids and where each is from, and
 * the events of all of them. An operator corrects a wrong link there.
 */
@Path("/console/records/{system}/{id}")
@Produces(MediaType.TEXT_HTML)
public class RecordPage {

  private static final int FEW = 50;
  private static final int MOST = 1000;

  private final PageFrames frames;
  private final CurrentUser user;
  private final ActivityLog activities;
  private final RecordService records;
  private final RecordsResource links;
  private final EventFinder events;

  RecordPage(
      PageFrames frames,
      CurrentUser user,
      ActivityLog activities,
      RecordService records,
      RecordsResource links,
      EventFinder events) {
    this.frames = frames;
    this.user = user;
    this.activities = activities;
    this.records = records;
    this.links = links;
    this.events = events;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param path of this page
     * @param full whether the page shows personal data
     * @param live whether the browser may load the page again by itself
     * @param more whether there may be older events, which the page shows on demand
     * @param cut whether there may be older events, which the page never shows
     */
    static native TemplateInstance record(
        PageFrame page,
        String path,
        List<RecordView> records,
        List<FoundEvent> events,
        boolean full,
        boolean live,
        boolean more,
        boolean cut);
  }

  /**
   * @param system a system, the name of an id such as {@code enerflo.install}, or {@code relay}
   *     with the relay's own number of the record
   * @param all {@code true} shows up to 1,000 events
   */
  @GET
  public TemplateInstance show(
      @PathParam("system") String system, @PathParam("id") String id, @RestQuery String all)
      throws SQLException {
    int limit = "true".equals(all) ? MOST : FEW;
    return page(system, id, found(system, id), limit, user.get().isOperator(), true);
  }

  /** Shows the personal data of a record to a viewer. */
  @POST
  @Path("show")
  @ForViewers
  public TemplateInstance reveal(@PathParam("system") String system, @PathParam("id") String id)
      throws SQLException {
    List<RecordService.Shown> shown = found(system, id);
    TemplateInstance page = page(system, id, shown, FEW, true, false);
    activities.record(
        Activity.of(
            user.get().name(), ActivityAction.REVEAL, SubjectKind.RECORD, shown.get(0).record()));
    return page;
  }

  private List<RecordService.Shown> found(String system, String id) throws SQLException {
    List<RecordService.Shown> shown = find(system, id);
    if (shown.isEmpty()) {
      throw new ApiProblem(404, "Not Found", "No record has this id");
    }
    return shown;
  }

  private TemplateInstance page(
      String system,
      String id,
      List<RecordService.Shown> shown,
      int limit,
      boolean full,
      boolean live)
      throws SQLException {
    List<FoundEvent> found =
        events.ofRecords(shown.stream().map(RecordService.Shown::record).toList(), limit);
    String name = full ? id : PersonalDataMask.masked(id);
    return Templates.record(
        frames.of(
            ConsolePage.SEARCH,
            system.equals(RecordView.RELAY) ? "Record " + name : system + " " + name),
        RecordView.path(system, id),
        RecordView.of(shown, records, full),
        found,
        full,
        live,
        found.size() == limit && limit == FEW,
        found.size() == limit && limit == MOST);
  }

  private List<RecordService.Shown> find(String system, String id) throws SQLException {
    boolean number = system.equals(RecordView.RELAY) && id.matches("\\d{1,18}");
    return number ? records.find(List.of(Long.valueOf(id))) : records.find(system, id);
  }

  /**
   * Moves an id to a record of the page.
   *
   * @param toName the name of an id of that record, with {@code toId}
   * @param name the name of the id to move, such as {@code crm.lead}
   */
  @POST
  @Path("link")
  public Response link(
      @PathParam("system") String system,
      @PathParam("id") String id,
      @RestForm String toName,
      @RestForm String toId,
      @RestForm String name,
      @RestForm String moved)
      throws SQLException {
    links.link(
        required(toName),
        required(toId),
        Map.of(required(name), required(moved)),
        user.get().name());
    return seeOther(RecordView.path(system, id));
  }

  /** Removes an id from its record, and leads to the rest of the record. */
  @POST
  @Path("unlink")
  public Response unlink(
      @PathParam("system") String system,
      @PathParam("id") String id,
      @RestForm String name,
      @RestForm String removed)
      throws SQLException {
    Optional<Long> record =
        find(required(name), required(removed)).stream()
            .filter(shown -> has(shown, name, removed))
            .map(RecordService.Shown::record)
            .findFirst();
    links.remove(name, removed, user.get().name());
    if (!find(system, id).isEmpty()) {
      return seeOther(RecordView.path(system, id));
    }
    List<RecordService.Shown> rest =
        record.isEmpty() ? List.of() : records.find(List.of(record.get()));
    return seeOther(
        rest.isEmpty()
            ? ConsolePage.SEARCH.path()
            : RecordView.path(RecordView.RELAY, Long.toString(record.get())));
  }

  private static boolean has(RecordService.Shown shown, String name, String id) {
    return shown.ids().stream().anyMatch(one -> one.name().equals(name) && one.id().equals(id));
  }

  private static String required(String text) {
    if (text == null || text.isBlank()) {
      throw new ApiProblem(400, "Bad Request", "The kind of the id and the id must not be empty");
    }
    return text.strip();
  }

  private static Response seeOther(String path) {
    return Response.seeOther(URI.create(path)).build();
  }
}
