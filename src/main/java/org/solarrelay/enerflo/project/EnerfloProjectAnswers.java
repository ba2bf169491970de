package org.solarrelay.enerflo.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.solarrelay.delivery.NotYetException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.enerflo.EnerfloIds;
import org.solarrelay.enerflo.EnerfloReply;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;

/** What Enerflo's answers about installs mean; no page documents them. */
@Singleton
@Named("enerfloProjectAnswers")
public class EnerfloProjectAnswers {

  /** The outcome of a milestone's update; the vendor's id is that of the install. */
  public Outcome milestoneSaved(
      @Body byte[] body,
      @Variable("enerfloInstall") String install,
      @Variable("change") EnerfloMilestoneChange change)
      throws IOException {
    EnerfloReply.accepted(body, "the milestone");
    return ofInstall(install, install).having(change.state());
  }

  /**
   * The outcome of an install's update.
   *
   * @param statusId the number by which Enerflo may announce the status
   */
  public Outcome statusSaved(
      @Body byte[] body,
      @Variable("enerfloInstall") String install,
      @Variable("event") Event event,
      @Variable("statusId") int statusId)
      throws IOException {
    EnerfloReply.accepted(body, "the status");
    ObjectNode state = event.data().deepCopy();
    return ofInstall(install, install).having(state.put("statusId", Integer.toString(statusId)));
  }

  /**
   * The outcome of adding a note.
   *
   * @param note what was sent
   * @return delivered, with the note's id where Enerflo tells it
   */
  public Outcome noteAdded(
      @Body byte[] body,
      @Variable("enerfloInstall") String install,
      @Variable("note") Map<String, Object> note)
      throws IOException {
    JsonFields answer = new JsonFields(EnerfloReply.accepted(body, "the note"));
    String id = answer.text("note_id");
    return ofInstall(id == null ? install : id, install).having(EventData.write(note));
  }

  private static Outcome.Delivered ofInstall(String vendorId, String install) {
    return Outcome.delivered(vendorId).knownAs(EnerfloIds.INSTALL, install, "look-up in Enerflo");
  }

  static NotYetException noInstallOfDeal(String deal) {
    return new NotYetException("The install of deal " + deal + " does not exist in Enerflo yet");
  }

  static NotYetException noInstall(String install) {
    return new NotYetException("The install " + install + " does not exist in Enerflo yet");
  }
}
