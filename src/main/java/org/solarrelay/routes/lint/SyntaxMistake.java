package org.solarrelay.routes.lint;

/**
 * A mistake in a text such as an expression.
 *
 * @param offset the offset of the mistake in the text, in chars
 * @param fix what to write instead
 */
record SyntaxMistake(int offset, String problem, String fix) {}
