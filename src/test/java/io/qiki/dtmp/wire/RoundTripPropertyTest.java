package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleSnapshot;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.ObservationBatch;
import qiki.twin.v1.Reading;

/** Our messages: model, bytes and model again are equal, and so are message, model and message. */
class RoundTripPropertyTest {
    private static final int TRIES = 2_000;

    @Property(tries = TRIES)
    void shouldKeepEveryReading(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        SensorReading reading = random.reading(random.one(SensorId.values()));

        Reading message = ReadingMessages.toWire(reading);
        SensorReading back = ReadingMessages.toModel(Reading.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(reading);
        assertThat(ReadingMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEveryObservation(@ForAll long seed) throws InvalidProtocolBufferException {
        Observation seen = new RandomModel(seed).observation(new TwinId("qiki-1"));

        var message = ObservationMessages.toWire(seen);
        Observation back =
                ObservationMessages.toModel(
                        qiki.twin.v1.Observation.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(seen);
        assertThat(ObservationMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEveryBatch(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        List<TwinId> twins = List.of(new TwinId("a"), new TwinId("b"), new TwinId("c"));
        SensedBatch seen = new SensedBatch(seed >>> 1, twins.stream().map(random::sensed).toList());
        RunStatus run = new RunStatus(random.one(RunState.values()), 0.5, 0, 0, 0);

        ObservationBatch message =
                ObservationBatch.parseFrom(DriveMessages.batch(seen, twins, run).toByteArray());

        assertThat(DriveMessages.sensed(message)).isEqualTo(seen);
        assertThat(DriveMessages.run(message).runState()).isEqualTo(run.runState());
        assertThat(DriveMessages.run(message).speed()).isEqualTo(0.5);
    }

    @Property(tries = TRIES)
    void shouldKeepEveryCommand(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        ActuatorCommand command = random.command(random.twin());

        var message = CommandMessages.toWire(command);
        ActuatorCommand back =
                CommandMessages.toModel(qiki.twin.v1.Command.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(command);
        assertThat(CommandMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = TRIES)
    void shouldKeepEveryState(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        StoredState state = random.state(random.twin());

        var message = StateMessages.toWire(state);
        StoredState back =
                StateMessages.toModel(qiki.twin.v1.State.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(state);
        assertThat(StateMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = TRIES)
    void shouldKeepEveryProposal(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        Proposal proposal = random.proposal(random.twin());

        var message = TwinProposals.toWire(proposal);
        Proposal back =
                TwinProposals.toModel(qiki.twin.v1.Proposal.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(proposal);
        assertThat(TwinProposals.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepEverySnapshotOfAVehicle(@ForAll long seed)
            throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        VehicleSnapshot snapshot = random.vehicle(random.twin());

        var message = SnapshotMessages.toWire(snapshot);
        VehicleSnapshot back =
                SnapshotMessages.toModel(
                        qiki.twin.v1.VehicleSnapshot.parseFrom(message.toByteArray()));

        assertThat(back).isEqualTo(snapshot);
        assertThat(SnapshotMessages.toWire(back)).isEqualTo(message);
    }

    @Property(tries = 1_000)
    void shouldKeepWhatAgentsDecided(@ForAll long seed) throws InvalidProtocolBufferException {
        RandomModel random = new RandomModel(seed);
        List<AgentStanding> standings =
                List.of(random.standing(new TwinId("a")), random.standing(new TwinId("b")));
        List<AgentOrders> orders =
                standings.stream()
                        .map(
                                one ->
                                        new AgentOrders(
                                                one.twin(),
                                                one.epoch(),
                                                random.commands(one.twin()),
                                                one.hash()))
                        .toList();

        DriveRequest message =
                DriveRequest.parseFrom(
                        DriveMessages.request(3, 17, orders, standings).build().toByteArray());

        assertThat(DriveMessages.orders(message)).isEqualTo(orders);
        assertThat(DriveMessages.standings(message)).isEqualTo(standings);
        assertThat(message.getShard()).isEqualTo(3);
        assertThat(message.getTick()).isEqualTo(17);
    }
}
