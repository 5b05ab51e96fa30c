/**
 * The authoritative state of every agent of the process: one snapshot, version and writer epoch per
 * twin.
 *
 * <p>Takes {@link io.qiki.dtmp.model.StateCommit} of one fenced writer per twin; gives {@link
 * io.qiki.dtmp.model.StateAck}, {@link io.qiki.dtmp.model.StoredState}, changes to subscribers and
 * a bounded history of transitions. The core is plain Java for one owner; a verticle puts it on the
 * event bus.
 */
package io.qiki.dtmp.store;
