package org.solarrelay.identity.echo;

import org.solarrelay.identity.IdentityLink;

/**
 * An event that tells of our own write, or twice of the same.
 *
 * @param reason for the ledger
 * @param link who it was of, where ids did not tell
 */
public record Echo(String reason, IdentityLink link) {}
