/** What route files map with where no mapper in Java does: fields by template, how it ended. */
package org.solarrelay.mapping;
