/** Checks that the documents say what the code says. */
package io.qiki.dtmp.docs;
