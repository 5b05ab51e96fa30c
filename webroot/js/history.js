/** Short histories that the page keeps for its pictures; bounded. */
const MAX_POINTS = 1500;
const MAX_SAMPLES = 120;
const LEAST_MOVE_M = 0.25;

/** Where the vehicle has been, and the last samples of every number. */
export class Trail {
  constructor() {
    this.clear();
  }

  clear() {
    this.points = [];
    this.samples = new Map();
    this.tick = -1;
  }

  add(telemetry) {
    if (telemetry.tick === this.tick) {
      return;
    }
    this.tick = telemetry.tick;
    for (const [name, signal] of Object.entries(telemetry.signals)) {
      if (typeof signal.value === 'number') {
        this.#sample(name, signal.value);
      }
    }
    const nav = telemetry.signals['nav.position_m'];
    if (nav?.value && nav.age_ms <= nav.stale_after_ms) {
      this.#point(nav.value);
    }
  }

  of(name) {
    return this.samples.get(name) ?? [];
  }

  #sample(name, value) {
    const kept = this.samples.get(name) ?? [];
    kept.push(value);
    if (kept.length > MAX_SAMPLES) {
      kept.shift();
    }
    this.samples.set(name, kept);
  }

  #point(p) {
    const last = this.points[this.points.length - 1];
    if (last && Math.hypot(p[0] - last[0], p[1] - last[1], p[2] - last[2]) < LEAST_MOVE_M) {
      return;
    }
    this.points.push(p);
    if (this.points.length > MAX_POINTS) {
      this.points = this.points.filter((_, i) => i % 2 === 0);
    }
  }
}

/** The newest values of something that comes once per tick. */
export class Track {
  constructor(size) {
    this.size = size;
    this.rows = [];
  }

  clear() {
    this.rows = [];
  }

  add(tick, value) {
    if (value && this.rows[this.rows.length - 1]?.tick !== tick) {
      this.rows.push({ tick, value });
      if (this.rows.length > this.size) {
        this.rows.shift();
      }
    }
  }
}
