/**
 * What the program says about itself: names of its metrics and the health of its components.
 *
 * <p>Tags come from small closed sets, never ids; base units are seconds and counts.
 */
package io.qiki.dtmp.telemetry;
