/**
 * What happened, kept for reading later.
 *
 * <p>Takes {@link io.qiki.dtmp.model.TwinEvent}; gives them back with an id, filtered and in pages.
 * Bounded: the oldest events give way and are counted. The input log comes later.
 */
package io.qiki.dtmp.journal;
