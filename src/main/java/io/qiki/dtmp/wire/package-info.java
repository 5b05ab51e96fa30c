/**
 * The anti-corruption layer: what the model looks like outside, units side by side.
 *
 * <p>Takes values of {@code model}; gives JSON, the same for REST, browser, event log and subjects.
 * Reads requests and refuses what is malformed with the name of the field and what would be right.
 */
package io.qiki.dtmp.wire;
