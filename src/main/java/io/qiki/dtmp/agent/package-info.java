/**
 * The brain: what an agent senses, decides and commands, one synchronous pure call per tick.
 *
 * <p>Takes observations or typed failures, answers of the store and operator requests; gives the
 * state of the state machine, decisions, commands and events. {@code TickOrchestrator} is one
 * agent; {@code AgentShard} drives the agents of a shard and commits their states through {@code
 * FsmCommitter}. Engines from outside (neural networks, gRPC) and radar guards are not built yet.
 */
package io.qiki.dtmp.agent;
