package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/** Finds the install in Enerflo of an event's project. */
@Singleton
@Named("enerfloInstallLookup")
public class EnerfloInstallLookup {

  /** The maximum number of calls that finding the install takes. */
  public int calls(Event event) {
    boolean known = EnerfloIds.has(event, EnerfloIds.INSTALL);
    return known && !isAboutNamedMilestone(event) ? 0 : 1;
  }

  /** Whether the event names a milestone, so that its id has to be read from the install. */
  public boolean isAboutNamedMilestone(Event event) {
    return EventType.PROJECT_MILESTONE_CHANGED.id().equals(event.type())
        && new JsonFields(event.data()).in("milestone").text("name") != null;
  }

  /** The id of the install; empty where unknown. */
  public String installId(Event event) {
    String install = EnerfloIds.pathId(event, EnerfloIds.INSTALL);
    return install == null ? "" : install;
  }

  /**
   * The id of the deal, by which the install is searched.
   *
   * @throws NotReadyException if the event has no id of a deal
   */
  public String dealId(Event event) {
    String deal = EnerfloIds.pathId(event, EnerfloIds.DEAL);
    if (deal == null) {
      throw new NotReadyException("No Enerflo install is linked to project " + event.subject());
    }
    return deal;
  }

  /**
   * The install of an event's deal.
   *
   * @param response the response to the search
   * @throws NotReadyException if the install does not exist yet
   */
  public EnerfloInstall ofDeal(byte[] response, Event event) throws IOException {
    EnerfloInstall install = EnerfloInstall.read(response);
    if (install == null) {
      throw EnerfloProjectOutcomes.noInstallOfDeal(dealId(event));
    }
    EnerfloIds.checked(EnerfloIds.INSTALL, install.id());
    return install;
  }

  /**
   * The install whose id the event has; without milestones if Enerflo has no such install.
   *
   * @param response the response to the request
   */
  public EnerfloInstall ofId(byte[] response, Event event) throws IOException {
    EnerfloInstall install = EnerfloInstall.read(response);
    return install == null ? withoutMilestones(event) : install.withId(installId(event));
  }

  /** An install with the event's id and no other fields. */
  public EnerfloInstall withoutMilestones(Event event) {
    return new EnerfloInstall(JsonNodeFactory.instance.objectNode()).withId(installId(event));
  }
}
