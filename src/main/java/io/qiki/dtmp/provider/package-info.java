/**
 * Where observations come from: one interface, with a scripted and an in-process provider.
 *
 * <p>Takes scripts or worlds; gives an observation or a typed failure per tick, never null and
 * never an invented value. The provider over gRPC will live with the gRPC adapter.
 */
package io.qiki.dtmp.provider;
