/**
 * How the parts talk inside the process: every address, the codec that hands records over by
 * reference, failures as replies, and streams that may outrun their reader.
 *
 * <p>Takes and gives values of {@code model}; knows no component.
 */
package io.qiki.dtmp.bus;
