/**
 * The process over HTTP: pages, the interface under {@code /api/v1}, the browsers' socket, health
 * and metrics.
 *
 * <p>Takes reports of ticks, states and events through the clients of their owners; gives JSON of
 * {@code wire} and {@code signal}. Host and Origin of every request are checked first.
 */
package io.qiki.dtmp.web;
