"""Calls every method of the original's service and prints what it answers, a line each.

usage: PYTHONPATH=target/examples/python python3 examples/python/api.py [HOST:PORT]
"""
import sys
import uuid

import grpc

import actuators_pb2
import common_pb2
import q_sim_api_pb2
import q_sim_api_pb2_grpc

RCS_FORWARD = "e6b718f2-769c-527c-a931-d2d7bb2cad82"


def command(actuator=RCS_FORWARD, command_id=None, percent=5.0):
    return q_sim_api_pb2.SendActuatorCommandRequest(
        command=actuators_pb2.ActuatorCommand(
            actuator_id=common_pb2.UUID(value=actuator),
            command_id=common_pb2.UUID(value=command_id or str(uuid.uuid4())),
            command_type=actuators_pb2.ActuatorCommand.SET_VELOCITY,
            float_value=percent,
            unit=common_pb2.PERCENT,
            timeout_ms=200,
        )
    )


def show(name, call):
    """One line: what came back, or the status, the code and the sentence of a refusal."""
    try:
        print(name, str(call()).lower(), flush=True)
    except grpc.RpcError as refused:
        code = dict(refused.trailing_metadata()).get("qiki-failure-code", "-")
        print(name, refused.code().name, code, refused.details(), flush=True)


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051"
    with grpc.insecure_channel(address) as channel:
        stub = q_sim_api_pb2_grpc.QSimAPIServiceStub(channel)
        health = stub.HealthCheck(q_sim_api_pb2.HealthCheckRequest())
        print("health", health.status, str(health.timestamp > 0).lower(), flush=True)
        for _ in range(4):
            reading = stub.GetSensorData(q_sim_api_pb2.GetSensorDataRequest()).reading
            kind = common_pb2.SensorType.Name(reading.sensor_type)
            field = reading.WhichOneof("sensor_data")
            print("reading", kind, field, str(reading.is_valid).lower(), flush=True)
        frame = stub.GetRadarFrame(q_sim_api_pb2.GetRadarFrameRequest()).frame
        print("frame", frame.schema_version, str(len(frame.detections) > 0).lower(), flush=True)
        send = stub.SendActuatorCommand
        show("accepted", lambda: send(command()).accepted)
        show("unknown-actuator", lambda: send(command(actuator=str(uuid.uuid4()))).accepted)
        show("nan", lambda: send(command(percent=float("nan"))).accepted)
        show("nine-hundred", lambda: send(command(percent=900)).accepted)
        show("no-uuid", lambda: send(command(command_id="nonsense")).accepted)
        show("empty", lambda: send(q_sim_api_pb2.SendActuatorCommandRequest()).accepted)


if __name__ == "__main__":
    main()
