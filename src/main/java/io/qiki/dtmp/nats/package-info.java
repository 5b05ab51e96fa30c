/**
 * The bridge to NATS and the mirror of what others bridge. The bridge takes what ticks showed, the
 * event log and control commands, and gives messages on the subjects of {@link
 * io.qiki.dtmp.nats.Subjects}; what must not be lost goes through a bounded {@link
 * io.qiki.dtmp.nats.Outbox} to JetStream. Nothing here is waited for by a tick.
 */
package io.qiki.dtmp.nats;
