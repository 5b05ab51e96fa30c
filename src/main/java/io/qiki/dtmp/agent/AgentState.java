package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DecisionRecord;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.radar.TrackerState;
import java.util.List;

/**
 * Everything an agent knows and remembers: one immutable value, replaced each tick.
 *
 * @param tick last agent cycle; -1 before the first
 * @param incarnation of the world it lives in; -1 before the first observation
 * @param step simulation step of the last observation
 * @param fsm state of the state machine
 * @param memory of the state machine's conditions
 * @param bios newest self-test; without devices before the first
 * @param sensors trust and own motion
 * @param tracker contacts
 * @param actuation what was commanded and what came of it
 * @param engines one per engine, in their order
 * @param proposals how many proposals have been made
 * @param commands how many commands have been made
 * @param decision of the last tick
 */
public record AgentState(
        long tick,
        int incarnation,
        long step,
        FsmSnapshot fsm,
        FsmMemory memory,
        BiosReport bios,
        SensorMemory sensors,
        TrackerState tracker,
        Actuation actuation,
        List<EngineSlot> engines,
        long proposals,
        long commands,
        DecisionRecord decision) {
    /** Copies; refuses missing parts. */
    public AgentState {
        Check.range(tick, -1, Long.MAX_VALUE, "tick");
        Check.range(incarnation, -1, Integer.MAX_VALUE, "incarnation");
        Check.range(step, 0, Long.MAX_VALUE, "step");
        Check.present(fsm, "snapshot");
        Check.present(memory, "memory");
        Check.present(bios, "self-test");
        Check.present(sensors, "sensors");
        Check.present(tracker, "tracker");
        Check.present(actuation, "actuation");
        engines = List.copyOf(engines);
        Check.present(decision, "decision");
    }

    /**
     * The beginning of a life in another incarnation of the world.
     *
     * @param born the state of an agent that has just been born
     * @param next incarnation
     * @param interrupted whether the state machine goes on, by way of SAFE_MODE
     */
    AgentState reborn(AgentState born, int next, boolean interrupted) {
        FsmMemory start = born.memory();
        boolean goesOn = interrupted || memory.ended();
        SafeModeReason request =
                interrupted && !memory.ended()
                        ? SafeModeReason.PROVIDER_UNAVAILABLE
                        : SafeModeReason.NONE;
        return new AgentState(
                tick,
                next,
                0,
                goesOn ? fsm : born.fsm(),
                new FsmMemory(
                        start.bornTick(),
                        0,
                        0,
                        0,
                        1,
                        request,
                        memory.held(),
                        memory.ended(),
                        interrupted ? memory.unanswered() : 0,
                        "",
                        SafeWatch.NONE),
                born.bios(),
                born.sensors(),
                born.tracker(),
                born.actuation(),
                born.engines(),
                proposals,
                commands,
                born.decision());
    }

    /** The same with another memory. */
    AgentState with(FsmMemory other) {
        return new AgentState(
                tick,
                incarnation,
                step,
                fsm,
                other,
                bios,
                sensors,
                tracker,
                actuation,
                engines,
                proposals,
                commands,
                decision);
    }

    /** What {@link #fingerprints} speaks of, in its order. */
    public static final List<String> PARTS =
            List.of(
                    "tick",
                    "state-machine",
                    "memory",
                    "self-test",
                    "sensors",
                    "tracker",
                    "actuation",
                    "engines",
                    "counters",
                    "decision");

    /** A short fingerprint of each part: to name what differs, not to prove that nothing does. */
    public List<Integer> fingerprints() {
        Hash64 slots = new Hash64().add((long) engines.size());
        for (EngineSlot slot : engines) {
            slot.addTo(slots);
        }
        return List.of(
                brief(new Hash64().add(tick).add((long) incarnation).add(step)),
                brief(fsm.addTo(new Hash64())),
                brief(memory.addTo(new Hash64())),
                brief(bios.addTo(new Hash64())),
                brief(sensors.addTo(new Hash64())),
                brief(tracker.addTo(new Hash64())),
                brief(actuation.addTo(new Hash64())),
                brief(slots),
                brief(new Hash64().add(proposals).add(commands)),
                brief(decision.addTo(new Hash64())));
    }

    private static int brief(Hash64 hash) {
        return (int) (hash.value() >>> 32);
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(tick).add((long) incarnation).add(step);
        memory.addTo(fsm.addTo(hash));
        sensors.addTo(bios.addTo(hash));
        actuation.addTo(tracker.addTo(hash));
        hash.add((long) engines.size());
        for (EngineSlot slot : engines) {
            slot.addTo(hash);
        }
        return decision.addTo(hash.add(proposals).add(commands));
    }
}
