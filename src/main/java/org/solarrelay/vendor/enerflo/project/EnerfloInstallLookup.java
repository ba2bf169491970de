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

/** Which install in Enerflo an event's project is. */
@Singleton
@Named("enerfloInstallLookup")
public class EnerfloInstallLookup {

  /** How many calls it may take to know the install as far as the event needs it. */
  public int calls(Event event) {
    boolean known = EnerfloIds.has(event, EnerfloIds.INSTALL);
    return known && !isAboutNamedMilestone(event) ? 0 : 1;
  }

  /** Whether the event names its milestone, whose id the install has to tell. */
  public boolean isAboutNamedMilestone(Event event) {
    return EventType.PROJECT_MILESTONE_CHANGED.id().equals(event.type())
        && new JsonFields(event.data()).in("milestone").text("name") != null;
  }

  /** The id of the install, empty where it is not known. */
  public String installId(Event event) {
    String install = EnerfloIds.pathId(event, EnerfloIds.INSTALL);
    return install == null ? "" : install;
  }

  /**
   * The id of the deal whose install it is.
   *
   * @throws NotReadyException where that is not known either
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
   * @param response to the search for it
   * @throws NotReadyException where it does not exist yet
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
   * The install whose id an event has; without milestones where Enerflo has no such install.
   *
   * @param response to the request for it
   */
  public EnerfloInstall ofId(byte[] response, Event event) throws IOException {
    EnerfloInstall install = EnerfloInstall.read(response);
    return install == null ? withoutMilestones(event) : install.withId(installId(event));
  }

  /** The install whose id an event has, and nothing else of it. */
  public EnerfloInstall withoutMilestones(Event event) {
    return new EnerfloInstall(JsonNodeFactory.instance.objectNode()).withId(installId(event));
  }
}
