/** What the page remembers of events and decisions; bounded. */
const MAX_EVENTS = 1000;
const MAX_RUNS = 200;
const MAX_COMMANDS = 60;

/** Events by their ids, oldest first, however they came. */
export class EventStore {
  constructor() {
    this.rows = [];
  }

  clear() {
    this.rows = [];
  }

  get newestId() {
    return this.rows.at(-1)?.id ?? 0;
  }

  /** Takes the next event; one that is known already changes nothing. */
  add(event) {
    if (event.id > this.newestId) {
      this.rows.push(event);
      if (this.rows.length > 1.2 * MAX_EVENTS) {
        this.rows = this.rows.slice(-MAX_EVENTS);
      }
    } else {
      this.merge([event]);
    }
  }

  /** Takes events of any age. */
  merge(events) {
    const known = new Map(this.rows.map(event => [event.id, event]));
    events.forEach(event => known.set(event.id, event));
    this.rows = [...known.values()].sort((a, b) => a.id - b.id).slice(-MAX_EVENTS);
  }

  /** The newest first, as many as are kept. */
  newest(limit = MAX_EVENTS) {
    return this.rows.slice(-limit).reverse();
  }
}

/** Decisions, those alike in a row as one run; and the commands that came of them. */
export class DecisionLog {
  constructor() {
    this.clear();
  }

  clear() {
    this.runs = [];
    this.commands = new Map();
    this.lastTick = -1;
  }

  /** Takes a batch, newest first, as the interface gives it. */
  read(decisions) {
    this.remember(decisions);
    const fresh = decisions.filter(decision => decision.tick > this.lastTick).reverse();
    for (const decision of fresh) {
      this.#extend(decision);
      this.lastTick = decision.tick;
    }
    this.runs = this.runs.slice(-MAX_RUNS);
  }

  /** Keeps the newest commands with the farthest stage that was told. */
  remember(decisions) {
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

  #extend(decision) {
    const key = alike(decision);
    const last = this.runs.at(-1);
    const missed = last ? decision.tick - last.to - 1 : 0;
    if (last?.key === key) {
      last.to = decision.tick;
      last.missed += missed;
      last.commands += decision.commands.length;
      last.newest = decision;
    } else {
      const { tick: from, tick: to, commands } = decision;
      this.runs.push({ key, from, to, missed, commands: commands.length, newest: decision });
    }
  }
}

const alike = decision =>
  JSON.stringify([
    decision.state,
    decision.proposals.map(p => [p.source, p.type, p.verdict, p.reason, p.justification]),
  ]);
