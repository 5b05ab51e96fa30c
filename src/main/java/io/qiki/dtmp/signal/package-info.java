/**
 * The telemetry dictionary: every signal with its name, unit, kind, range, rate and source, and
 * what a tick says of each.
 *
 * <p>Takes {@link io.qiki.dtmp.model.TwinReport}; gives {@link io.qiki.dtmp.signal.SignalValue}s
 * with the time of their source, the deadline of their freshness and their truth. Ages are
 * simulation time: nothing ages while time stands.
 */
package io.qiki.dtmp.signal;
