package org.solarrelay.routes.lint;

/**
 * What is wrong with a text such as an expression, in an engineer's words.
 *
 * @param offset where in the text it begins, in chars
 * @param fix what to write instead
 */
record SyntaxMistake(int offset, String problem, String fix) {}
