/**
 * The self-test: what every device of the vehicle profile answered to its probe, judged by a pure
 * function.
 *
 * <p>Takes probe answers out of an observation and the profile; gives a report with a verdict per
 * device, the overall verdict and a health score.
 */
package io.qiki.dtmp.bios;
