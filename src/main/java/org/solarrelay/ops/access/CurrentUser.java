package org.solarrelay.ops.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/**
 * The person who sends this request; set for requests of the console, and for requests of the
 * operator API by a user of the identity provider.
 */
@RequestScoped
public class CurrentUser {

  private ConsoleUser user;

  /** Returns the person; empty outside the console, unless the identity provider knows them. */
  public Optional<ConsoleUser> find() {
    return Optional.ofNullable(user);
  }

  /** Returns the person of a request that {@link ConsoleAccess} has admitted. */
  public ConsoleUser get() {
    return find().orElseThrow();
  }

  /**
   * Admits operators only.
   *
   * @throws ApiProblem 403 for a viewer
   */
  public void requireOperator() {
    if (find().filter(ConsoleUser::isOperator).isEmpty()) {
      throw IdentityProviderUsers.notOperator();
    }
  }

  /** Whether the person reads only. The operator token counts as the role operator. */
  public boolean isViewer() {
    return find().filter(person -> !person.isOperator()).isPresent();
  }

  void set(ConsoleUser user) {
    this.user = user;
  }
}
