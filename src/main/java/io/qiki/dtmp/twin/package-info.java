/**
 * Simulator and agent together: the pacing of live ticks, and both stepped in lockstep without a
 * bus.
 *
 * <p>Takes: control commands, settings and seeds. Gives: the moments of the ticks, and a hash per
 * tick and twin that says whether two runs were the same.
 */
package io.qiki.dtmp.twin;
