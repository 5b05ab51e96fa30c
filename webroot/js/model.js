/**
 * What the page knows of one twin. Filled by a snapshot, kept up by the bridge; every panel draws
 * from here, at most once per frame of the screen.
 */
import { Bus } from './bus.js';
import { Trail, Track } from './history.js';
import { read, readFaults, readFixed, readHealth, startPolls } from './polls.js';
import { DecisionLog, EventStore } from './records.js';

const QUIET_MS = 2500;
const LATE_MS = 500;
const BEHIND_MS = 1000;
const MAX_PAGES = 5;
const EVENTS_PER_PAGE = 200;

const isFault = event => event.type === 'fault';

class Model {
  #views = new Set();
  #framed = false;
  #sequences = new Map();
  #rereading = false;
  #again = false;
  #twinAddresses = [];
  #lastTick = -1;
  #behindSince = 0;
  #rereadAt = -BEHIND_MS;
  #servedSince = null;

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
    this.log = new DecisionLog();
    this.eventStore = new EventStore();
    this.heldFaults = [];
    this.fsm = null;
    this.faultTargets = new Set();
    this.health = {};
    this.notice = null;
    this.view = 'flight';
    this.synced = false;
    this.skipped = 0;
    this.rereads = 0;
    this.lastNewTick = performance.now();
    this.telemetryAt = performance.now();
    this.trail = new Trail();
    this.phases = new Track(90);
  }

  start() {
    this.bus.open();
    this.bus.on('qiki.web.fleet', body => this.#fleet(body));
    startPolls();
    setInterval(() => this.changed(), 250);
    document.addEventListener('visibilitychange', () => this.changed());
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

  /**
   * Simulation time that must have gone by since the newest telemetry, ms; 0 while it comes in time.
   * How long it may take is the server's word, the measure a clock that nobody can set.
   */
  get overdueMs() {
    if (!this.live || this.runState !== 'RUNNING' || !this.telemetry) {
      return 0;
    }
    const silent = performance.now() - this.telemetryAt;
    return silent > (this.telemetry.late_after_ms ?? LATE_MS) ? Math.round(silent * (this.speed || 1)) : 0;
  }

  get events() {
    return this.eventStore.rows;
  }

  get commands() {
    return this.log.commands;
  }

  signal(name) {
    return this.telemetry?.signals?.[name] ?? null;
  }

  /** Faults that act: sensor id to the ids of its faults. */
  get faults() {
    const active = new Map();
    for (const fault of this.heldFaults.filter(held => held.active)) {
      active.set(fault.target, [...(active.get(fault.target) ?? []), fault.fault_id]);
    }
    return active;
  }

  choose(twin) {
    if (twin === this.twin) {
      return;
    }
    this.#twinAddresses.forEach(address => this.bus.off(address));
    this.twin = twin;
    this.synced = false;
    this.state = null;
    this.telemetry = null;
    this.decision = null;
    this.#forget();
    this.eventStore.clear();
    this.heldFaults = [];
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

  /** What the server answered to a control command. */
  controlled(command, answer) {
    this.runState = answer.run_state;
    this.speed = answer.speed;
    this.lastNewTick = this.telemetryAt = performance.now();
    if (command === 'sim.reset') {
      this.#forget();
      this.reread();
    }
  }

  /** Drops what belongs to a life of the twin that is over. */
  #forget() {
    this.log.clear();
    this.trail.clear();
    this.phases.clear();
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
    if (this.#servedSince !== body.served_since) {
      this.#servedSince = body.served_since;
      this.state = null;
      this.telemetry = null;
      this.#forget();
      this.eventStore.clear();
      this.heldFaults = [];
    }
    this.runState = body.run_state;
    this.speed = body.speed;
    this.#state(body.state);
    this.log.read(body.decisions);
    this.decision = body.decisions[0] ?? null;
    const known = this.eventStore.newestId;
    this.eventStore.merge(body.events);
    this.#fillEvents(known, body.events, MAX_PAGES);
    this.synced = true;
    readFaults();
    this.lastNewTick = performance.now();
    this.#telemetry(body.telemetry);
  }

  /** Reads back until the events join those that were known, or for a few pages. */
  async #fillEvents(known, events, pages) {
    const oldest = events[0]?.id ?? 0;
    if (known === 0 || oldest <= known + 1 || pages === 0) {
      return;
    }
    try {
      const twin = this.twin;
      const page = await read(`/api/v1/events?twin=${twin}&before=${oldest}&limit=${EVENTS_PER_PAGE}`);
      if (twin === this.twin && page.events.length > 0) {
        this.eventStore.merge(page.events);
        this.changed();
        this.#fillEvents(known, page.events, pages - 1);
      }
    } catch (away) {
      // the next snapshot tries again
    }
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
      this.#forget();
      this.reread();
    }
    this.telemetry = body;
    this.telemetryAt = performance.now();
    this.runState = body.run_state ?? this.runState;
    this.speed = body.speed ?? this.speed;
    if (body.tick !== this.#lastTick) {
      this.#lastTick = body.tick;
      this.lastNewTick = performance.now();
    }
    this.trail.add(body);
    this.#checkVersion(body.version);
    this.changed();
  }

  /** A state that is more than one version behind, or stays one behind, is read again. */
  #checkVersion(version) {
    const behind = this.state ? version - this.state.version : 0;
    const now = performance.now();
    if (behind <= 0) {
      this.#behindSince = 0;
    } else if (now - this.#rereadAt > BEHIND_MS && (behind > 1 || this.#waited(now))) {
      this.#rereadAt = now;
      this.reread();
    } else {
      this.#behindSince ||= now;
    }
  }

  #waited(now) {
    return this.#behindSince > 0 && now - this.#behindSince > BEHIND_MS;
  }

  /** Versions never go back, whoever writes them, unless the server says that they begin anew. */
  #state(body) {
    const anew = this.state?.served_since !== body.served_since;
    if (!this.state || anew || body.version >= this.state.version) {
      this.state = body;
    }
    this.changed();
  }

  #decision(body) {
    this.decision = body;
    this.log.remember([body]);
    this.phases.add(body.tick, body.phases_us);
    this.changed();
  }

  #event(body) {
    this.eventStore.add(body);
    if (isFault(body)) {
      readFaults();
    }
    this.changed();
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
      readFixed();
      readHealth();
      if (this.twin) {
        this.reread();
      }
    } else if (opened === false) {
      this.synced = false;
      this.health = {};
    }
    this.changed();
  }
}

export const model = new Model();
