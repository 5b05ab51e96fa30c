/**
 * What the page knows of one twin. Filled by a snapshot, kept up by the bridge; every panel draws
 * from here, at most once per frame of the screen.
 */
import { Bus } from './bus.js';
import { Trail, Track } from './history.js';

const MAX_EVENTS = 200;
const MAX_COMMANDS = 12;
const QUIET_MS = 2500;
const DECISIONS_EVERY_MS = 1000;
const HEALTH_EVERY_MS = 4000;

class Model {
  #views = new Set();
  #framed = false;
  #sequences = new Map();
  #rereading = false;
  #again = false;
  #twinAddresses = [];
  #lastTick = -1;

  constructor() {
    this.bus = new Bus('/eventbus');
    this.bus.onchange = opened => this.#connection(opened);
    this.twins = [];
    this.twin = null;
    this.runState = null;
    this.speed = null;
    this.slips = 0;
    this.state = null;
    this.telemetry = null;
    this.decision = null;
    this.commands = new Map();
    this.events = [];
    this.fsm = null;
    this.faultTargets = new Set();
    this.health = {};
    this.notice = null;
    this.synced = false;
    this.skipped = 0;
    this.rereads = 0;
    this.lastNewTick = performance.now();
    this.trail = new Trail();
    this.phases = new Track(90);
  }

  start() {
    this.bus.open();
    this.bus.on('qiki.web.fleet', body => this.#fleet(body));
    setInterval(() => document.hidden || this.#readDecisions(), DECISIONS_EVERY_MS);
    setInterval(() => document.hidden || this.#readHealth(), HEALTH_EVERY_MS);
    setInterval(() => this.changed(), 500);
    document.addEventListener('visibilitychange', () => this.changed());
    this.#readFixed();
  }

  /** A panel that wants to be drawn when something has changed. */
  watch(view) {
    this.#views.add(view);
  }

  unwatch(view) {
    this.#views.delete(view);
  }

  /** Draws with the next frame; a hidden tab has no frames. */
  changed() {
    if (this.#framed) {
      return;
    }
    this.#framed = true;
    requestAnimationFrame(() => {
      this.#framed = false;
      this.#views.forEach(view => view.requestUpdate());
    });
  }

  get live() {
    return this.bus.connected && this.synced;
  }

  /** Milliseconds since a new tick came while time should go on; 0 while all is well. */
  get quietMs() {
    if (!this.live || this.runState !== 'RUNNING') {
      return 0;
    }
    const quiet = performance.now() - this.lastNewTick;
    const limit = Math.max(QUIET_MS, 300 / (this.speed || 1));
    return quiet > limit ? quiet : 0;
  }

  signal(name) {
    return this.telemetry?.signals?.[name] ?? null;
  }

  /** Faults that act, from the event log: sensor id to fault id. */
  get faults() {
    const active = new Map();
    for (const event of this.events) {
      if (event.type === 'fault' && event.reason === 'injected') {
        active.set(event.data.fault_id, event.data.target);
      } else if (event.type === 'fault' && event.reason === 'cleared') {
        active.delete(event.data.fault_id);
      }
    }
    return new Map([...active].map(([id, target]) => [target, id]));
  }

  choose(twin) {
    if (twin === this.twin) {
      return;
    }
    this.#twinAddresses.forEach(address => this.bus.off(address));
    this.twin = twin;
    this.synced = false;
    this.trail.clear();
    this.phases.clear();
    this.events = [];
    this.commands.clear();
    const base = 'qiki.web.twin.' + twin + '.';
    const topics = {
      telemetry: body => this.#telemetry(body),
      state: body => this.#state(body),
      decision: body => this.#decision(body),
      event: body => this.#event(body),
    };
    this.#twinAddresses = Object.keys(topics).map(topic => base + topic);
    for (const [topic, handler] of Object.entries(topics)) {
      this.bus.on(base + topic, body => this.#inSequence(topic, body) && handler(body));
    }
    this.reread();
  }

  /** Sends a control command; done is what the server answers. */
  async control(command, parameters = {}) {
    await this.#attempt(command, async () => {
      const answer = await this.bus.call('qiki.web.control', {
        command_name: command,
        parameters,
      });
      this.runState = answer.run_state;
      this.speed = answer.speed;
      this.lastNewTick = performance.now();
      if (command === 'sim.reset') {
        this.trail.clear();
        this.phases.clear();
        this.reread();
      }
    });
  }

  inject(target) {
    const body = { action: 'inject', twin: this.twin, type: 'sensor.off', target, parameters: {} };
    return this.#attempt('sensor.off ' + target, () => this.bus.call('qiki.web.fault', body));
  }

  clear(target) {
    const fault = this.faults.get(target);
    const body = { action: 'clear', twin: this.twin, fault_id: fault };
    return this.#attempt('clear ' + target, () => this.bus.call('qiki.web.fault', body));
  }

  /** Asks for the whole picture again; one question at a time. */
  async reread() {
    if (this.#rereading) {
      this.#again = true;
      return;
    }
    this.#rereading = true;
    this.#again = false;
    const twin = this.twin;
    try {
      const body = await this.bus.call('qiki.web.snapshot', { twin });
      if (twin === this.twin) {
        this.#snapshot(body);
      }
    } catch (refused) {
      if (this.bus.connected) {
        setTimeout(() => this.reread(), 1000);
      }
    } finally {
      this.#rereading = false;
    }
    if (this.#again) {
      this.reread();
    }
  }

  #snapshot(body) {
    this.rereads++;
    this.runState = body.run_state;
    this.speed = body.speed;
    this.state = body.state;
    this.#remember(body.decisions);
    this.decision = body.decisions[0] ?? null;
    const known = new Map(body.events.map(event => [event.id, event]));
    this.events = [...known.values()].sort((a, b) => a.id - b.id);
    this.synced = true;
    this.lastNewTick = performance.now();
    this.#telemetry(body.telemetry);
  }

  /** Telemetry and decisions may skip: the newest counts. A missing event means to read again. */
  #inSequence(topic, body) {
    const last = this.#sequences.get(topic);
    this.#sequences.set(topic, body.sequence);
    if (last === undefined || body.sequence === last + 1 || body.sequence === last) {
      return true;
    }
    if (body.sequence < last || topic === 'event' || topic === 'state') {
      this.reread();
      return topic !== 'event';
    }
    this.skipped += body.sequence - last - 1;
    return true;
  }

  #telemetry(body) {
    const before = this.telemetry;
    const same = before && before.twin === body.twin;
    if (same && (before.incarnation !== body.incarnation || body.tick < before.tick)) {
      this.commands.clear();
      this.trail.clear();
      this.phases.clear();
      this.reread();
    }
    this.telemetry = body;
    this.runState = body.run_state ?? this.runState;
    this.speed = body.speed ?? this.speed;
    if (body.tick !== this.#lastTick) {
      this.#lastTick = body.tick;
      this.lastNewTick = performance.now();
    }
    this.trail.add(body);
    if (this.state && body.version > this.state.version + 1) {
      this.reread();
    }
    this.changed();
  }

  #state(body) {
    if (!this.state || body.epoch !== this.state.epoch || body.version >= this.state.version) {
      this.state = body;
    }
    this.changed();
  }

  #decision(body) {
    this.decision = body;
    this.#remember([body]);
    this.phases.add(body.tick, body.phases_us);
    this.changed();
  }

  /** Keeps the newest commands with the farthest stage that was told. */
  #remember(decisions) {
    for (const decision of decisions) {
      for (const command of decision.commands ?? []) {
        const known = this.commands.get(command.id);
        if (!known || command.stage !== 'REQUESTED') {
          this.commands.set(command.id, { command, tick: decision.tick });
        }
      }
    }
    const newest = [...this.commands].sort((a, b) => b[1].tick - a[1].tick);
    this.commands = new Map(newest.slice(0, MAX_COMMANDS));
  }

  #event(body) {
    const last = this.events[this.events.length - 1];
    if (!last || body.id > last.id) {
      this.events = [...this.events.slice(1 - MAX_EVENTS), body];
      this.changed();
    }
  }

  #fleet(body) {
    this.twins = body.twins;
    this.runState = body.run_state;
    this.speed = body.speed;
    this.slips = body.slips ?? 0;
    if (!this.twin && body.twins.length > 0) {
      this.choose(body.twins[0].id);
    }
    this.changed();
  }

  #connection(opened) {
    if (opened === true) {
      this.#sequences.clear();
      this.synced = false;
      this.#readFixed();
      this.#readHealth();
      if (this.twin) {
        this.reread();
      }
    } else if (opened === false) {
      this.synced = false;
      this.health = {};
    }
    this.changed();
  }

  async #attempt(what, work) {
    this.notice = { text: what + ' sent', kind: 'sent' };
    this.changed();
    try {
      await work();
      this.notice = { text: what + ': done', kind: 'done' };
    } catch (refused) {
      this.notice = { text: what + ': ' + refused.message, kind: 'refused' };
    }
    this.notice.at = performance.now();
    this.changed();
  }

  async #readFixed() {
    try {
      this.fsm ??= await read('/api/v1/fsm');
      const catalogue = await read('/api/v1/faults/catalogue');
      const off = catalogue.faults.find(fault => fault.type === 'sensor.off');
      this.faultTargets = new Set(off?.targets ?? []);
      this.changed();
    } catch (away) {
      // read again with the next connection
    }
  }

  async #readDecisions() {
    if (!this.live) {
      return;
    }
    try {
      const twin = this.twin;
      const body = await read('/api/v1/twins/' + twin + '/decisions?limit=128');
      if (twin === this.twin) {
        this.#remember(body.decisions);
        this.changed();
      }
    } catch (away) {
      // read again in a second
    }
  }

  async #readHealth() {
    if (!this.bus.connected) {
      return;
    }
    try {
      const answer = await fetch('/health/ready', { cache: 'no-store' });
      this.health = (await answer.json()).components;
      this.changed();
    } catch (away) {
      this.health = {};
    }
  }
}

async function read(path) {
  const answer = await fetch(path, { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(path + ' answered ' + answer.status);
  }
  return answer.json();
}

export const model = new Model();
