/**
 * The values everybody speaks of: immutable records, enums and sealed types, validated in their
 * constructors.
 *
 * <p>Takes nothing but the JDK; gives the vocabulary of the simulator, the agent, the store and the
 * adapters. SI units and radians; vectors name their frame. World: +X east, +Y north, +Z up,
 * inertial. Body: +X forward, +Y port, +Z up.
 */
package io.qiki.dtmp.model;
