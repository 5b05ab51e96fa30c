import { html, svg, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { freshness, row } from './marks.js';
import { axes, BESIDE, extent, Labels, project, rotate } from './geometry.js';

const WIDTH = 430;
const HEIGHT = 318;
/** Contacts farther away are told in the numbers only. */
const NEAR_M = 450;
const SHAPES = {
  STATION: 'M-7 -7H7V7H-7Z M-11 0H11 M0 -11V11',
  DEBRIS: 'M0 -6L5 0L0 6L-5 0Z',
  UNKNOWN: 'M0 -6L6 5H-6Z',
};

/** What labels keep clear of: the attitude ball with the thrusters, and the compass. */
const BALL = { x: WIDTH - BESIDE, y: 0, w: BESIDE, h: 142 };
const COMPASS = { x: WIDTH - 56, y: HEIGHT - 50, w: 56, h: 50 };
const around = ([x, y]) => ({ x: x - 8, y: y - 8, w: 16, h: 16 });
/** About the width of a two-line label, px. */
const width = (name, sub) => Math.max(6.1 * name.length, 5.5 * sub.length) + 2;

/** Where the vehicle flies, seen obliquely from above, and how it is turned. */
class Flight extends Panel {
  render() {
    return html`<section class="panel" aria-labelledby="flight-title">
      <h2 id="flight-title">Flight <span class="dim">world frame, metres</span></h2>
      <div class="views">${this.#world()}${this.#attitude()}</div>
      ${row('position', 'nav.position_m')} ${row('velocity', 'nav.velocity_mps')}
      ${row('attitude wxyz', 'attitude.quaternion', { digits: 4 })} ${row('body rates', 'rates.body_radps')}
    </section>`;
  }

  #world() {
    const own = model.signal('nav.position_m')?.value;
    const goal = model.telemetry?.goal;
    const tracks = (model.telemetry?.tracks ?? []).filter(track => track.status !== 'LOST');
    const near = tracks.filter(track => track.range_m < NEAR_M);
    const points = model.trail.points;
    const shown = [...points, ...(own ? [own] : []), ...(goal ? [goal.place_m] : []), ...near.map(t => t.position_m)];
    const view = extent(shown, WIDTH, HEIGHT);
    const to = p => project(p, view);
    const line = points.map(p => to(p).map(n => n.toFixed(1)).join(',')).join(' ');
    const marks = [...near.map(t => t.position_m), ...(own ? [own] : []), ...(goal ? [goal.place_m] : [])].map(p => around(to(p)));
    const labels = new Labels(WIDTH, HEIGHT, [BALL, COMPASS, ...marks]);
    return html`<svg class="world" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"
      aria-label="path of the vehicle with ${tracks.length} radar contacts${goal ? ', on its way to ' + goal.label : ''}">
      ${view.grid.map(([a, b]) => {
        const [p, q] = [to(a), to(b)];
        return svg`<line class="grid" x1=${p[0]} y1=${p[1]} x2=${q[0]} y2=${q[1]}></line>`;
      })}
      <polyline class="trail" points=${line}></polyline>
      ${goal ? this.#goal(goal, own, to, labels) : nothing}
      ${own ? this.#vehicle(own, to, labels) : svg`<text x="12" y="30" class="note">no position</text>`}
      ${near.map(track => this.#track(track, to, labels))}
      <text class="note" x="10" y=${HEIGHT - 8}>grid ${view.cell} m</text>
      ${this.#compass()}
    </svg>`;
  }

  /** Where the mission wants to be; faint while SAFE_MODE keeps it from flying there. */
  #goal(goal, own, to, labels) {
    const [x, y] = to(goal.place_m);
    const [fx, fy] = to([goal.place_m[0], goal.place_m[1], 0]);
    const from = own ? to(own) : null;
    const away = own ? Math.hypot(...goal.place_m.map((p, k) => p - own[k])) : null;
    const idle = model.state?.state !== 'ACTIVE';
    const sub = away === null ? goal.activity : `${away < 10 ? away.toFixed(1) : away.toFixed(0)} m · ${idle ? 'suspended' : goal.activity}`;
    const [tx, ty] = labels.place([x, y], width(goal.label, sub), 22);
    return svg`<g class="goal ${idle ? 'idle' : ''}" data-testid="goal" data-label=${goal.label}>
      <line class="drop" x1=${x} y1=${y} x2=${fx} y2=${fy}></line>
      ${from ? svg`<line class="way" x1=${from[0]} y1=${from[1]} x2=${x} y2=${y}></line>` : nothing}
      <circle cx=${x} cy=${y} r="8"></circle>
      <path d="M-12 0H-5M5 0H12M0 -12V-5M0 5V12" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"></path>
      <text x=${tx} y=${ty + 9}>${goal.label}</text>
      <text class="sub" x=${tx} y=${ty + 20}>${sub}</text>
    </g>`;
  }

  #track(track, to, labels) {
    const [x, y] = to(track.position_m);
    const [fx, fy] = to([track.position_m[0], track.position_m[1], 0]);
    const shape = SHAPES[track.object_type] ?? SHAPES.UNKNOWN;
    const name = track.transponder_id || track.object_type;
    const sub = `${track.range_m.toFixed(0)} m · ${track.iff === 'UNSPECIFIED' ? 'no IFF' : track.iff} · ${track.status}`;
    const [tx, ty] = labels.place([x, y], width(name, sub), 22);
    return svg`<g class="track ${track.object_type} ${track.iff} ${track.status}">
      <line class="drop" x1=${x} y1=${y} x2=${fx} y2=${fy}></line>
      <path d=${shape} transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"></path>
      <text x=${tx} y=${ty + 9}>${name}</text>
      <text class="sub" x=${tx} y=${ty + 20}>${sub}</text>
    </g>`;
  }

  #vehicle(own, to, labels) {
    const [x, y] = to(own);
    const [fx, fy] = to([own[0], own[1], 0]);
    const q = model.signal('attitude.quaternion')?.value;
    const arms = q ? axes(q).map(axis => project.direction(axis)) : [];
    const velocity = model.signal('nav.velocity_mps')?.value;
    const v = velocity ? project.direction(velocity) : null;
    const [tx, ty] = labels.place([x, y], width(model.twin, ''), 12, 16);
    const how = freshness(model.signal('nav.position_m'));
    return svg`<g class="own ${how}" data-bound="nav.position_m">
      <line class="drop" x1=${x} y1=${y} x2=${fx} y2=${fy}></line>
      <ellipse class="foot" cx=${fx} cy=${fy} rx="5" ry="2.4"></ellipse>
      ${v ? svg`<line class="velocity" x1=${x} y1=${y} x2=${x + 70 * v[0]} y2=${y + 70 * v[1]}></line>` : nothing}
      ${arms.map((arm, i) => svg`<line class="axis a${i}" x1=${x} y1=${y} x2=${x + 18 * arm[0]} y2=${y + 18 * arm[1]}></line>`)}
      <circle class="hull" cx=${x} cy=${y} r="4.5"></circle>
      <text x=${tx} y=${ty + 10}>${how === 'stale' ? '◷ ' : ''}${model.twin}</text>
    </g>`;
  }

  #compass() {
    const arms = ['X', 'Y', 'Z'].map((label, i) => [label, project.direction([0, 1, 2].map(k => (k === i ? 1 : 0)))]);
    return svg`<g class="compass" transform="translate(${WIDTH - 30} ${HEIGHT - 22})">
      ${arms.map(([label, d]) => svg`<line x1="0" y1="0" x2=${16 * d[0]} y2=${16 * d[1]}></line>
        <text x=${22 * d[0] - 3} y=${22 * d[1] + 3}>${label}</text>`)}
    </g>`;
  }

  #attitude() {
    const q = model.signal('attitude.quaternion')?.value;
    const sun = model.signal('sun.direction_body')?.value;
    const mask = model.signal('thrusters.firing_mask')?.value ?? 0;
    const names = ['nose', 'y', 'z'];
    const how = freshness(model.signal('attitude.quaternion'));
    return html`<div class="attitude">
      <svg class=${how} data-bound="attitude.quaternion" viewBox="-66 -66 132 132" role="img" aria-label="body axes in the world frame">
        <circle class="ball" r="54"></circle>
        <ellipse class="ball" rx="54" ry="27"></ellipse>
        ${q && sun ? this.#arm(rotate(q, sun), 'sun', '☀') : nothing}
        ${q ? axes(q).map((axis, i) => this.#arm(axis, 'a' + i, names[i])) : svg`<text class="note" x="-30" y="4">no attitude</text>`}
        ${how === 'stale' ? svg`<text class="note" x="-62" y="-52">◷ stale</text>` : nothing}
      </svg>
      <div class="thrusters ${freshness(model.signal('thrusters.firing_mask'))}" data-bound="thrusters.firing_mask" role="img" aria-label="thrusters firing: ${count(mask)} of 16">
        ${['A', 'B', 'C', 'D'].map((group, g) => html`<span class="group">${group}
          ${[0, 1, 2, 3].map(k => html`<i class=${(mask >> (4 * g + k)) & 1 ? 'on' : ''}></i>`)}</span>`)}
      </div>
    </div>`;
  }

  #arm(axis, kind, label) {
    const [x, y, depth] = project.direction(axis);
    const back = depth < 0 ? 'back' : '';
    return svg`<g class="arm ${kind} ${back}">
      <line x1="0" y1="0" x2=${(50 * x).toFixed(1)} y2=${(50 * y).toFixed(1)}></line>
      <text x=${(59 * x).toFixed(1)} y=${(59 * y + 3).toFixed(1)}>${label}</text>
    </g>`;
  }
}

const count = mask => [...Array(16).keys()].filter(i => (mask >> i) & 1).length;

customElements.define('qiki-flight', Flight);
