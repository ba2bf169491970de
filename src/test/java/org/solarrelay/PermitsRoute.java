package org.solarrelay;

/** A route that makes events of a topic of its own, as the guides show it. */
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
