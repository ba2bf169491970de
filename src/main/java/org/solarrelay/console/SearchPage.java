package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.identity.RecordService;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.ForViewers;
import org.solarrelay.search.SearchHits;
import org.solarrelay.search.SearchKind;
import org.solarrelay.search.SearchResult;
import org.solarrelay.search.SearchService;

/**
 * The page Search. The text comes in the body of a POST, which redirects to an address with the ids
 * of what was found and without a person's data.
 */
@Path("/console/search")
@Produces(MediaType.TEXT_HTML)
public class SearchPage {

  private static final String SEPARATOR = "\n";
  private static final int MOST = 20;

  private final PageFrames frames;
  private final SearchService searches;
  private final RecordService records;

  SearchPage(PageFrames frames, SearchService searches, RecordService records) {
    this.frames = frames;
    this.searches = searches;
    this.records = records;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    /**
     * @param searched whether the page has a result
     * @param takenFor the kinds of the result, as words
     * @param kinds the kinds of text that the search takes, as words
     */
    static native TemplateInstance search(
        PageFrame page,
        boolean searched,
        String takenFor,
        String kinds,
        List<RecordView> records,
        SearchResult result);
  }

  /**
   * @param as the kinds that the text was taken for
   * @param records numbers of records
   * @param events ids of events
   * @param messages ids of messages that are no event
   */
  @GET
  public TemplateInstance show(
      @RestQuery String as,
      @RestQuery String records,
      @RestQuery String events,
      @RestQuery String messages)
      throws SQLException {
    List<Long> numbers = list(records).map(SearchPage::number).toList();
    Set<SearchKind> kinds =
        list(as).flatMap(kind -> SearchKind.of(kind).stream()).collect(Collectors.toSet());
    return page(
        as != null, new SearchHits(kinds, numbers, list(events).toList(), list(messages).toList()));
  }

  private static Stream<String> list(String parameter) {
    return parameter == null || parameter.isEmpty()
        ? Stream.empty()
        : Arrays.stream(parameter.split(SEPARATOR)).limit(MOST);
  }

  private static Long number(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new ApiProblem(400, "Bad Request", "records holds numbers");
    }
    return Long.valueOf(text);
  }

  /** Redirects to what was found. Ids that hold a person's data are shown without an address. */
  @POST
  @ForViewers
  public Response find(@RestForm String q) throws SQLException {
    if (q == null || q.isBlank()) {
      return Response.seeOther(URI.create(ConsolePage.SEARCH.path())).build();
    }
    SearchHits hits = searches.find(q);
    boolean personal =
        Stream.concat(hits.events().stream(), hits.messages().stream())
            .anyMatch(id -> !PersonalDataMask.masked(id).equals(id));
    return personal
        ? Response.ok(page(true, hits)).build()
        : Response.seeOther(URI.create(address(hits))).build();
  }

  private static String address(SearchHits hits) {
    return ConsolePage.SEARCH.path()
        + "?as="
        + joined(hits.takenFor(), SearchKind::text)
        + parameter("records", joined(hits.records(), number -> Long.toString(number)))
        + parameter("events", joined(hits.events(), id -> id))
        + parameter("messages", joined(hits.messages(), id -> id));
  }

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + value;
  }

  private static <T> String joined(Collection<T> items, Function<T, String> text) {
    return ConsoleText.urlEncoded(items.stream().map(text).collect(Collectors.joining(SEPARATOR)));
  }

  private TemplateInstance page(boolean searched, SearchHits hits) throws SQLException {
    SearchResult result = searches.load(hits);
    return Templates.search(
        frames.of(ConsolePage.SEARCH),
        searched,
        words(hits.takenFor().stream().sorted()),
        words(Stream.of(SearchKind.values())),
        RecordView.of(result.records(), records, false),
        result);
  }

  private static String words(Stream<SearchKind> kinds) {
    return kinds.map(SearchKind::text).collect(Collectors.joining(", "));
  }
}
