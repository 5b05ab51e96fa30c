'use strict';
// An external decision engine: flies a twin to a waypoint and says when it is there.
// usage: node examples/node/agent.js [HOST:PORT [X Y Z]]
const path = require('path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const PROTO = path.join(__dirname, '..', '..', 'src', 'main', 'proto');
const ENGINE = 'node-waypoint';
const CRUISE_MPS = 0.4; // as fast as the product's own mission flies
const GAIN = 0.05; // 1/s: slows down on the last metres
const NEAR_M = 1.0;
const STILL_MPS = 0.05;

const [, , address = '127.0.0.1:50051', x = '0', y = '20', z = '0'] = process.argv;
const waypoint = { x: Number(x), y: Number(y), z: Number(z) };

const definition = loader.loadSync('agent.proto', {
    includeDirs: [PROTO],
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
});
const { EngineService } = grpc.loadPackageDefinition(definition).qiki.agent.v1;

const length = (v) => Math.hypot(v.x, v.y, v.z);

/** Velocity in m/s, world frame. */
function towards(offset, distance) {
    const factor = distance > 0 ? Math.min(CRUISE_MPS, GAIN * distance) / distance : 0;
    return { x: factor * offset.x, y: factor * offset.y, z: factor * offset.z };
}

/** The answer to an observation: one proposal with one command. */
function fly(observation, velocity) {
    const command = {
        actuator: 'velocity_controller',
        type: 'SET_VELOCITY',
        vector: velocity,
        unit: 'METERS_PER_SECOND',
    };
    const proposal = {
        type: 'PLANNING',
        priority: 0.9, // above the product's own mission, below every safety rule
        confidence: 0.9,
        actions: [command],
        justification: 'fly to the waypoint',
        expires_tick: observation.tick + 20,
        goal: 'ACTIVITY_MANOEUVRE',
    };
    return { answer: { twin: observation.twin, asked_tick: observation.tick, proposals: [proposal] } };
}

const client = new EngineService(address, grpc.credentials.createInsecure());
const engine = client.Attach();
let arrived = false;
engine.on('data', (observation) => {
    if (arrived) {
        return; // what was under way when we left
    }
    const nav = observation.readings.find((one) => one.sensor === 'nav');
    if (nav.truth !== 'TRUTH_STATE_OK') {
        return; // no position, no proposal: the agent's own engines fly on
    }
    const position = nav.navigation.position_m;
    const offset = {
        x: waypoint.x - position.x,
        y: waypoint.y - position.y,
        z: waypoint.z - position.z,
    };
    const distance = length(offset);
    if (distance < NEAR_M && length(nav.navigation.velocity_mps) < STILL_MPS) {
        arrived = true;
        console.log(`arrived tick ${observation.tick} distance ${distance.toFixed(2)} m`);
        engine.end();
        client.close();
        return;
    }
    engine.write(fly(observation, towards(offset, distance)));
});
engine.on('error', (failed) => {
    console.error(failed.message);
    process.exitCode = 1;
    client.close();
});
engine.write({ hello: { engine_id: ENGINE, twins: ['qiki-1'] } });
