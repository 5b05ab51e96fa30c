/**
 * What several tests share.
 *
 * <p>Takes values of the product; gives samples, variations and reflections of them.
 */
package io.qiki.dtmp.testkit;
