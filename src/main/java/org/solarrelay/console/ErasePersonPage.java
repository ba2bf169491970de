package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Optional;
import org.solarrelay.erasure.ErasureResult;
import org.solarrelay.erasure.Person;
import org.solarrelay.erasure.PersonErasure;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;

/**
 * The page on which an operator erases the person of a record. It first shows what would be erased;
 * the button names the counts.
 */
@Path("/console/records/relay/{number:\\d{1,18}}/erase")
@Produces(MediaType.TEXT_HTML)
public class ErasePersonPage {

  /** A request takes about 10 s, and the relay answers within 30 s. */
  private static final int MOST_REQUESTS = 2;

  private final PageFrames frames;
  private final CurrentUser user;
  private final PersonErasure erasure;

  ErasePersonPage(PageFrames frames, CurrentUser user, PersonErasure erasure) {
    this.frames = frames;
    this.user = user;
    this.erasure = erasure;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param records how many records the person has
     */
    static native TemplateInstance erasePerson(
        PageFrame page, long number, long records, ErasureResult result);
  }

  /** Counts what would be erased. */
  @GET
  public TemplateInstance show(@PathParam("number") long number) throws SQLException {
    user.requireOperator();
    ErasureResult result = run(number, true);
    if (result.records().isEmpty()) {
      throw new ApiProblem(404, "Not Found", "No record has this number");
    }
    return page(number, result);
  }

  /** Erases the person. To send the form again is harmless. */
  @POST
  public TemplateInstance erase(@PathParam("number") long number) throws SQLException {
    return page(number, run(number, false));
  }

  private TemplateInstance page(long number, ErasureResult result) {
    return Templates.erasePerson(
        frames.of(ConsolePage.SEARCH, "Erase a person"), number, result.records().size(), result);
  }

  private ErasureResult run(long number, boolean dryRun) throws SQLException {
    Person person = Person.ofRecord(number);
    String by = user.get().name();
    ErasureResult all = erasure.run(person, Optional.empty(), dryRun, by);
    for (int i = 1; i < MOST_REQUESTS && !all.finished() && all.inFlight() == 0; i++) {
      all = all.plus(erasure.run(person, Optional.of(all.next()), dryRun, by));
    }
    return all;
  }
}
