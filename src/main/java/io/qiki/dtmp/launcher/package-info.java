/**
 * The program: command line, configuration of a run, and the topology of its verticles.
 *
 * <p>Takes: arguments and a configuration. Gives: a running process, its lines on standard output
 * and its exit code.
 */
package io.qiki.dtmp.launcher;
