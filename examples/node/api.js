'use strict';
// Calls every method of the original's service and prints what it answers, a line each.
// usage: node examples/node/api.js [HOST:PORT]
const { randomUUID } = require('crypto');
const path = require('path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const PROTO = path.join(__dirname, '..', '..', 'src', 'main', 'proto');
const RCS_FORWARD = 'e6b718f2-769c-527c-a931-d2d7bb2cad82';

const definition = loader.loadSync('q_sim_api.proto', {
    includeDirs: [PROTO],
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
});
const { QSimAPIService } = grpc.loadPackageDefinition(definition).qiki.api;
const client = new QSimAPIService(
    process.argv[2] || '127.0.0.1:50051',
    grpc.credentials.createInsecure(),
);

const call = (method, message) =>
    new Promise((answer, refuse) => {
        client[method](message, (error, response) => (error ? refuse(error) : answer(response)));
    });

const command = ({ actuator = RCS_FORWARD, id = randomUUID(), percent = 5 } = {}) => ({
    command: {
        actuator_id: { value: actuator },
        command_id: { value: id },
        command_type: 'SET_VELOCITY',
        float_value: percent,
        unit: 'PERCENT',
        timeout_ms: 200,
    },
});

/** One line: whether it was accepted, or the status, the code and the sentence of a refusal. */
async function send(name, message) {
    try {
        console.log(name, (await call('SendActuatorCommand', message)).accepted);
    } catch (refused) {
        const [code = '-'] = refused.metadata.get('qiki-failure-code');
        console.log(name, grpc.status[refused.code], code, refused.details);
    }
}

async function main() {
    const health = await call('HealthCheck', {});
    console.log('health', health.status, health.timestamp > 0);
    for (let i = 0; i < 4; i += 1) {
        const { reading } = await call('GetSensorData', {});
        console.log('reading', reading.sensor_type, reading.sensor_data, reading.is_valid);
    }
    const { frame } = await call('GetRadarFrame', {});
    console.log('frame', frame.schema_version, frame.detections.length > 0);
    await send('accepted', command());
    await send('unknown-actuator', command({ actuator: randomUUID() }));
    await send('nan', command({ percent: NaN }));
    await send('nine-hundred', command({ percent: 900 }));
    await send('no-uuid', command({ id: 'nonsense' }));
    await send('empty', {});
    client.close();
}

main().catch((failed) => {
    console.error(failed.message);
    process.exitCode = 1;
    client.close();
});
