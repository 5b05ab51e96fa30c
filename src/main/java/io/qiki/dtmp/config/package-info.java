/**
 * Reads JSON configurations strictly and explicitly.
 *
 * <p>Takes: JSON files and overrides. Gives: {@link io.qiki.dtmp.config.ConfigNode}, from which
 * each component reads its own record, and the vehicle, scene and mission of the model. Every fault
 * of a configuration is found in one pass and names its path, the value found and what would be
 * right.
 */
package io.qiki.dtmp.config;
