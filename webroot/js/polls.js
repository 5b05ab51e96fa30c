/** What the page asks for by itself, beside what it is sent. */
import { model } from './model.js';

const DECISIONS_EVERY_MS = 1000;
const FAULTS_EVERY_MS = 1000;
const HEALTH_EVERY_MS = 4000;

/** Reads from the interface. */
export async function read(path) {
  const answer = await fetch(path, { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(path + ' answered ' + answer.status);
  }
  return answer.json();
}

export function startPolls() {
  setInterval(() => document.hidden || readDecisions(), DECISIONS_EVERY_MS);
  setInterval(() => document.hidden || readFaults(), FAULTS_EVERY_MS);
  setInterval(() => document.hidden || readHealth(), HEALTH_EVERY_MS);
}

/** What does not change while a server lives. */
export async function readFixed() {
  await quietly(async () => {
    model.fsm = await read('/api/v1/fsm');
    const catalogue = await read('/api/v1/faults/catalogue');
    const off = catalogue.faults.find(fault => fault.type === 'sensor.off');
    model.faultTargets = new Set(off?.targets ?? []);
  });
}

/** The faults that the vehicle holds, whoever injected them and whenever they act. */
export async function readFaults() {
  if (model.live) {
    const twin = model.twin;
    await quietly(async () => {
      const found = await read(`/api/v1/twins/${twin}/faults`);
      if (twin === model.twin) {
        model.heldFaults = found.faults;
      }
    });
  }
}

async function readDecisions() {
  if (model.live) {
    const twin = model.twin;
    await quietly(async () => {
      const body = await read('/api/v1/twins/' + twin + '/decisions?limit=128');
      if (twin === model.twin) {
        model.log.read(body.decisions);
      }
    });
  }
}

export async function readHealth() {
  if (!model.bus.connected) {
    return;
  }
  try {
    const answer = await fetch('/health/ready', { cache: 'no-store' });
    model.health = (await answer.json()).components;
  } catch (away) {
    model.health = {};
  }
  model.changed();
}

/** What cannot be read now is read again with the next turn or the next connection. */
async function quietly(work) {
  try {
    await work();
    model.changed();
  } catch (away) {
    // the connection line says it
  }
}
