/**
 * The NATS bridge. What is built so far is the configuration of its address, so that a
 * configuration is already judged as a whole; it takes and gives nothing yet.
 */
package io.qiki.dtmp.nats;
