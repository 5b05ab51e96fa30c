/**
 * The simulator: worlds of vehicles, stepped from columns.
 *
 * <p>Takes a vehicle profile, a scene, a seed and admitted inputs; gives observations, outcomes of
 * commands, snapshots and a fingerprint of each vehicle's state. Nothing here reads a clock, starts
 * a thread or depends on how many vehicles there are. SI units and radians; truth stays inside,
 * except for {@link io.qiki.dtmp.sim.Truth}, which is for tests.
 */
package io.qiki.dtmp.sim;
