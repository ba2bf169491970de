package org.solarrelay.vendor.enerflo.project;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloResponse;

/** Turns Enerflo's responses about installs into outcomes. The responses are not documented. */
@Singleton
@Named("enerfloProjectOutcomes")
public class EnerfloProjectOutcomes {

  /** The outcome of a milestone's update; the vendor's id is that of the install. */
  public Outcome milestoneSaved(byte[] body, EnerfloInstall install, EnerfloMilestoneChange change)
      throws IOException {
    EnerfloResponse.accepted(body, "the milestone");
    return ofInstall(install.id(), install).withState(change.state());
  }

  /** The outcome of an install's update; the vendor's id is that of the install. */
  public Outcome statusSaved(byte[] body, EnerfloInstall install, EnerfloStatusChange change)
      throws IOException {
    EnerfloResponse.accepted(body, "the status");
    return ofInstall(install.id(), install).withState(change.state());
  }

  /**
   * The outcome of adding a note.
   *
   * @param note the request
   * @return delivered, with the note's id where Enerflo's response has it
   */
  public Outcome noteAdded(byte[] body, EnerfloInstall install, Map<String, Object> note)
      throws IOException {
    JsonFields response = new JsonFields(EnerfloResponse.accepted(body, "the note"));
    String id = response.text("note_id");
    return ofInstall(id == null ? install.id() : id, install).withState(EventData.write(note));
  }

  private static Outcome.Delivered ofInstall(String vendorId, EnerfloInstall install) {
    return Outcome.delivered(vendorId)
        .withId(EnerfloIds.INSTALL, install.id(), "look-up in Enerflo");
  }

  static NotReadyException noInstallOfDeal(String deal) {
    return new NotReadyException("The install of deal " + deal + " does not exist in Enerflo yet");
  }

  static NotReadyException noInstall(String install) {
    return new NotReadyException("The install " + install + " does not exist in Enerflo yet");
  }
}
