"""An external decision engine: flies a twin to a waypoint and says when it is there.

usage: PYTHONPATH=target/examples/python python3 examples/python/agent.py [HOST:PORT [X Y Z]]
"""
import math
import queue
import sys

import grpc

import actuators_pb2
import agent_pb2
import agent_pb2_grpc
import common_pb2
import mind_pb2
import vehicle_pb2

ENGINE = "python-waypoint"
CRUISE_MPS = 0.4  # as fast as the product's own mission flies
GAIN = 0.05  # 1/s: slows down on the last metres
NEAR_M = 1.0
STILL_MPS = 0.05


def reading(observation, sensor):
    """The reading of a sensor, or None while it has no data that may be used."""
    for one in observation.readings:
        if one.sensor == sensor and one.truth == vehicle_pb2.TRUTH_STATE_OK:
            return one
    return None


def velocity_towards(offset, distance):
    """m/s, world frame."""
    speed = min(CRUISE_MPS, GAIN * distance)
    factor = speed / distance if distance > 0 else 0.0
    return [factor * c for c in offset]


def fly(observation, velocity):
    """The answer to an observation: one proposal with one command."""
    command = vehicle_pb2.Command(
        actuator="velocity_controller",
        type=actuators_pb2.ActuatorCommand.SET_VELOCITY,
        vector=vehicle_pb2.Vec3(x=velocity[0], y=velocity[1], z=velocity[2]),
        unit=common_pb2.METERS_PER_SECOND,
    )
    proposal = vehicle_pb2.Proposal(
        type=mind_pb2.Proposal.PLANNING,
        priority=0.9,  # above the product's own mission, below every safety rule
        confidence=0.9,
        actions=[command],
        justification="fly to the waypoint",
        expires_tick=observation.tick + 20,
        goal=vehicle_pb2.ACTIVITY_MANOEUVRE,
    )
    return agent_pb2.EngineMessage(
        answer=agent_pb2.Answer(
            twin=observation.twin, asked_tick=observation.tick, proposals=[proposal]
        )
    )


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051"
    waypoint = [float(c) for c in sys.argv[2:5]] or [0.0, 20.0, 0.0]
    answers = queue.SimpleQueue()
    answers.put(agent_pb2.EngineMessage(hello=agent_pb2.Hello(engine_id=ENGINE, twins=["qiki-1"])))
    with grpc.insecure_channel(address) as channel:
        stub = agent_pb2_grpc.EngineServiceStub(channel)
        for observation in stub.Attach(iter(answers.get, None)):
            nav = reading(observation, "nav")
            if nav is None:
                continue  # no position, no proposal: the agent's own engines fly on
            position, velocity = nav.navigation.position_m, nav.navigation.velocity_mps
            offset = [waypoint[0] - position.x, waypoint[1] - position.y, waypoint[2] - position.z]
            distance = math.sqrt(sum(c * c for c in offset))
            speed = math.sqrt(velocity.x**2 + velocity.y**2 + velocity.z**2)
            if distance < NEAR_M and speed < STILL_MPS:
                print(f"arrived tick {observation.tick} distance {distance:.2f} m", flush=True)
                answers.put(None)
                return
            answers.put(fly(observation, velocity_towards(offset, distance)))


if __name__ == "__main__":
    main()
