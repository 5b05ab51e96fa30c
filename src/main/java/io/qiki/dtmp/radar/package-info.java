/**
 * From radar frames to tracks: one track, one identity and one status per contact.
 *
 * <p>Takes radar frames with the vehicle's own position; gives tracks in the world frame. Pure: the
 * tracker's whole memory is an immutable value. The Kalman filter and the guard rules are not built
 * yet.
 */
package io.qiki.dtmp.radar;
