package org.solarrelay;

/** A route that creates events from a custom topic, as in the guides. */
public final class PermitsRoute {

  public static final String YAML =
      """
      - route:
          id: consume-permits
          description: Permits that the city approves complete the milestone
          from:
            uri: topic:solar.permits
            steps:
              - filter:
                  expression:
                    jq:
                      expression: .body.permit == "approved"
                  steps:
                    - setBody:
                        expression:
                          jq:
                            expression: >-
                              {type: "project.milestone-changed", subject: .body.projectId,
                               data: {ids: {"crm.project": .body.projectId}, milestone: {name: "Permit Approved"}, completedOn: .body.on}}
                    - to:
                        uri: topic:events
      """;

  private PermitsRoute() {}
}
