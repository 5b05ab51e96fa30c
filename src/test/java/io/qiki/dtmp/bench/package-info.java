/**
 * Benchmarks: each measures in child processes of its own and writes {@code
 * target/bench/NAME.json}.
 *
 * <p>Takes a name; gives medians, spreads and the ratio to a named figure.
 */
package io.qiki.dtmp.bench;
