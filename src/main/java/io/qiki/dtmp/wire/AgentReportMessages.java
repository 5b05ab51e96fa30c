package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import qiki.twin.v1.Aim;
import qiki.twin.v1.SafeExit;
import qiki.twin.v1.Trust;

/** What agents thought at a tick, in doubles. */
final class AgentReportMessages {
    private AgentReportMessages() {}

    static qiki.twin.v1.AgentReport toWire(TwinId twin, AgentReport report) {
        qiki.twin.v1.AgentReport.Builder message =
                qiki.twin.v1.AgentReport.newBuilder()
                        .setState(StateMessages.toWire(report.state()))
                        .setDecision(DecisionMessages.toWire(twin, report.decision(), 0))
                        .setSelfTest(TwinSelfTests.toWire(report.bios()))
                        .addAllPhaseUs(report.phaseMicros());
        report.tracks().forEach(track -> message.addTracks(TwinTracks.toWire(track)));
        report.trust().forEach(trust -> message.addTrust(trust(trust)));
        if (report.outlook().aim().present()) {
            message.setAim(aim(report.outlook().aim()));
        }
        if (report.outlook().exit().present()) {
            message.setSafeExit(exit(report.outlook().exit()));
        }
        return message.build();
    }

    static AgentReport toModel(TwinId twin, qiki.twin.v1.AgentReport message) {
        Fields.needs(message.hasState(), "state");
        Fields.needs(message.hasDecision(), "decision");
        Fields.needs(message.hasSelfTest(), "self_test");
        return new AgentReport(
                Fields.at("state", () -> state(twin, message.getState())),
                Fields.at("decision", () -> DecisionMessages.toModel(twin, message.getDecision())),
                Fields.at("self_test", () -> TwinSelfTests.toModel(message.getSelfTest())),
                Fields.each("tracks", message.getTracksList(), TwinTracks::toModel),
                Fields.each("trust", message.getTrustList(), AgentReportMessages::trust),
                new AgentOutlook(
                        Fields.at("aim", () -> aim(message)),
                        Fields.at("safe_exit", () -> exit(message))),
                message.getPhaseUsList());
    }

    private static StoredState state(TwinId twin, qiki.twin.v1.State message) {
        Fields.same("twin", twin.value(), message.getTwin());
        return StateMessages.toModel(message);
    }

    private static Trust trust(SensorTrust trust) {
        return Trust.newBuilder()
                .setSensor(trust.sensor().id())
                .setVerdict(trust.verdict().name())
                .setAgeSteps(trust.ageSteps())
                .build();
    }

    private static SensorTrust trust(Trust message) {
        SensorId sensor = Fields.sensor("sensor", message.getSensor());
        return new SensorTrust(
                sensor,
                Fields.word("verdict", SensorTrust.Verdict.class, message.getVerdict()),
                message.getAgeSteps());
    }

    private static Aim aim(AgentOutlook.Aim aim) {
        return Aim.newBuilder()
                .setLabel(aim.label())
                .setActivity(EnumTables.ACTIVITY.toWire(aim.activity()))
                .setPlace(GeometryMessages.toWire(aim.placeWorld()))
                .build();
    }

    private static AgentOutlook.Aim aim(qiki.twin.v1.AgentReport message) {
        if (!message.hasAim()) {
            return AgentOutlook.Aim.NONE;
        }
        Aim aim = message.getAim();
        Fields.needs(!aim.getLabel().isEmpty(), "label");
        Fields.needs(aim.hasPlace(), "place");
        return new AgentOutlook.Aim(
                aim.getLabel(),
                EnumTables.ACTIVITY.toModel("activity", aim.getActivityValue()),
                Fields.at("place", () -> GeometryMessages.toModel(aim.getPlace())));
    }

    private static SafeExit exit(AgentOutlook.Exit exit) {
        return SafeExit.newBuilder()
                .setGoodTicks(exit.goodTicks())
                .setNeededTicks(exit.neededTicks())
                .setFailing(exit.failing())
                .build();
    }

    private static AgentOutlook.Exit exit(qiki.twin.v1.AgentReport message) {
        if (!message.hasSafeExit()) {
            return AgentOutlook.Exit.NONE;
        }
        SafeExit exit = message.getSafeExit();
        if (exit.getNeededTicks() < 1) {
            throw new ConversionException(
                    "needed_ticks", "must be at least 1, was " + exit.getNeededTicks());
        }
        return new AgentOutlook.Exit(exit.getGoodTicks(), exit.getNeededTicks(), exit.getFailing());
    }
}
