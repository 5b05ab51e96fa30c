/** What an operator does. "Sent" is said when it leaves, "done" when the server has answered. */
import { model } from './model.js';
import { readFaults } from './polls.js';

/** Sends a control command. */
export function control(command, parameters = {}) {
  return attempt(command, async () => {
    const body = { command_name: command, parameters };
    model.controlled(command, await model.bus.call('qiki.web.control', body));
  });
}

/** Switches a sensor off. */
export function inject(target) {
  const body = { action: 'inject', twin: model.twin, type: 'sensor.off', target, parameters: {} };
  return attempt('sensor.off ' + target, async () => {
    await model.bus.call('qiki.web.fault', body);
    await readFaults();
  });
}

/** Clears every fault of a sensor that acts. */
export function clear(target) {
  const ids = model.faults.get(target) ?? [];
  return attempt('clear ' + target, async () => {
    for (const id of ids) {
      await model.bus.call('qiki.web.fault', { action: 'clear', twin: model.twin, fault_id: id });
    }
    await readFaults();
  });
}

async function attempt(what, work) {
  model.notice = { text: what + ' sent', kind: 'sent' };
  model.changed();
  try {
    await work();
    model.notice = { text: what + ': done', kind: 'done' };
  } catch (refused) {
    model.notice = { text: what + ': ' + refused.message, kind: 'refused' };
  }
  model.notice.at = performance.now();
  model.changed();
}
