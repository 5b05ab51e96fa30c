'use strict';
// Watches a twin over NATS, fires a short burst, pauses and starts it: a line for each thing seen.
// usage: node examples/node/nats.js [URL [TWIN]]
const { randomUUID } = require('crypto');
const { EventEmitter, once } = require('events');
const path = require('path');
const { jetstream } = require('@nats-io/jetstream');
const { connect } = require('@nats-io/transport-node');
const protobuf = require('protobufjs');

const PROTO = path.join(__dirname, '..', '..', 'src', 'main', 'proto');
const UNDER_WAY = ['REQUESTED', 'VALIDATED', 'ACCEPTED', 'EXECUTING'];
const PATIENCE = { timeout: 12_000 }; // ms
const [, , url = 'nats://127.0.0.1:4222', twin = 'qiki-1'] = process.argv;
const subject = (noun) => `qiki.v1.${twin}.${noun}`;
const seen = new EventEmitter();
const burst = randomUUID();

const root = new protobuf.Root();
root.resolvePath = (origin, target) => path.join(PROTO, target);
root.loadSync(['twin.proto', 'bridge.proto'], { keepCase: true });
const type = (name) => root.lookupType(`qiki.twin.v1.${name}`);
const read = (name, { data }) =>
    type(name).toObject(type(name).decode(data), { longs: Number, enums: String, defaults: true });
const word = (stage) => stage.replace('COMMAND_STAGE_', '');

function onState(message) {
    const { snapshot, version } = read('State', message);
    console.log('state', snapshot.state, 'version', version);
    seen.emit(snapshot.state);
}

/** Every tenth is shown: one a second. */
function onTelemetry(message) {
    const { tick, signals } = read('Telemetry', message);
    const position = signals.find((one) => one.name === 'nav.position_m');
    if (tick % 10 !== 0 || position.truth !== 'TRUTH_STATE_OK') return;
    const metres = position.numbers.values.map((one) => one.toFixed(1)).join(' ');
    console.log('telemetry nav.position_m', metres, 'tick', tick);
    seen.emit('telemetry');
}

/** All but the stages of the agent's own commands, which are many. */
function onEvent(message) {
    const event = message.json();
    if (event.data.origin !== 'AGENT') console.log('event', event.type, event.twin, event.reason);
}

/** The stages of every command are told; ours are known by the id. */
function onStage(message) {
    const { command_id: id, stage } = read('CommandStep', message);
    if (id !== burst) return;
    console.log('command', word(stage));
    if (!UNDER_WAY.includes(word(stage))) seen.emit('ended', word(stage));
}

/** Fires forward for 300 ms; the same id again does nothing again. */
async function fire(nc, id, percent) {
    const action = { type: 'SET_VELOCITY', scalar: percent, unit: 'PERCENT', timeout_ms: 300 };
    const request = type('SendCommandRequest');
    const body = request.fromObject({ command: { id, twin, actuator: 'rcs_forward', ...action } });
    const answer = await nc.request(subject('cmd.command'), request.encode(body).finish(), PATIENCE);
    const { ok, code, sentence, stage } = read('CommandReply', answer);
    console.log(...(ok ? ['taken', word(stage)] : ['refused', code, sentence]));
    return ok;
}

async function control(nc, name, parameters = {}) {
    const metadata = { message_id: randomUUID(), source: 'node-example' };
    const body = JSON.stringify({ command_name: name, parameters, metadata });
    const answer = (await nc.request('qiki.commands.control', body, PATIENCE)).json();
    if (answer.ok) console.log('control', name, answer.payload.status, answer.payload.run_state);
    else console.log('refused', answer.error, answer.error_detail.message);
}

async function main() {
    const nc = await connect({ servers: url, name: 'node-example' });
    const listen = (to, on) => nc.subscribe(to, { callback: (error, message) => on(message) });
    const watched = Promise.all([once(seen, 'ACTIVE'), once(seen, 'telemetry')]);
    const ended = once(seen, 'ended');
    listen(subject('telemetry'), onTelemetry);
    listen('qiki.events.v1.>', onEvent);
    listen(subject('command'), onStage);
    // States are kept in a stream: the newest comes at once, and those after it without a hole.
    const filter = { filter_subjects: subject('state'), deliver_policy: 'last_per_subject' };
    const states = await jetstream(nc).consumers.get('QIKI_TWIN_V1', filter);
    await states.consume({ callback: onState });
    await watched;

    await fire(nc, randomUUID(), 900);
    if (await fire(nc, burst, 50)) await ended;
    await control(nc, 'sim.pause');
    await control(nc, 'sim.pause');
    await control(nc, 'sim.start');
    await nc.drain();
}

main().catch((failed) => {
    console.error(failed.message);
    process.exit(1);
});
