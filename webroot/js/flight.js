import { html, svg, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { row } from './marks.js';
import { axes, extent, project, rotate } from './geometry.js';

const WIDTH = 430;
const HEIGHT = 318;
/** Contacts farther away are told in the numbers only. */
const NEAR_M = 450;
const SHAPES = {
  STATION: 'M-7 -7H7V7H-7Z M-11 0H11 M0 -11V11',
  DEBRIS: 'M0 -6L5 0L0 6L-5 0Z',
  UNKNOWN: 'M0 -6L6 5H-6Z',
};

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
    const tracks = (model.telemetry?.tracks ?? []).filter(track => track.status !== 'LOST');
    const near = tracks.filter(track => track.range_m < NEAR_M);
    const points = model.trail.points;
    const view = extent([...points, ...(own ? [own] : []), ...near.map(t => t.position_m)], WIDTH, HEIGHT);
    const to = p => project(p, view);
    const line = points.map(p => to(p).map(n => n.toFixed(1)).join(',')).join(' ');
    return html`<svg class="world" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"
      aria-label="path of the vehicle with ${tracks.length} radar contacts">
      ${view.grid.map(([a, b]) => {
        const [p, q] = [to(a), to(b)];
        return svg`<line class="grid" x1=${p[0]} y1=${p[1]} x2=${q[0]} y2=${q[1]}></line>`;
      })}
      <polyline class="trail" points=${line}></polyline>
      ${near.map(track => this.#track(track, to))}
      ${own ? this.#vehicle(own, to) : svg`<text x="12" y="30" class="note">no position</text>`}
      <text class="note" x="10" y=${HEIGHT - 8}>grid ${view.cell} m</text>
      ${this.#compass()}
    </svg>`;
  }

  #track(track, to) {
    const [x, y] = to(track.position_m);
    const [fx, fy] = to([track.position_m[0], track.position_m[1], 0]);
    const shape = SHAPES[track.object_type] ?? SHAPES.UNKNOWN;
    return svg`<g class="track ${track.object_type} ${track.iff} ${track.status}">
      <line class="drop" x1=${x} y1=${y} x2=${fx} y2=${fy}></line>
      <path d=${shape} transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"></path>
      <text x=${x + 12} y=${y - 4}>${track.transponder_id || track.object_type}</text>
      <text class="sub" x=${x + 12} y=${y + 7}>${track.range_m.toFixed(0)} m · ${track.iff} · ${track.status}</text>
    </g>`;
  }

  #vehicle(own, to) {
    const [x, y] = to(own);
    const [fx, fy] = to([own[0], own[1], 0]);
    const q = model.signal('attitude.quaternion')?.value;
    const arms = q ? axes(q).map(axis => project.direction(axis)) : [];
    const velocity = model.signal('nav.velocity_mps')?.value;
    const v = velocity ? project.direction(velocity) : null;
    return svg`<g class="own">
      <line class="drop" x1=${x} y1=${y} x2=${fx} y2=${fy}></line>
      <ellipse class="foot" cx=${fx} cy=${fy} rx="5" ry="2.4"></ellipse>
      ${v ? svg`<line class="velocity" x1=${x} y1=${y} x2=${x + 70 * v[0]} y2=${y + 70 * v[1]}></line>` : nothing}
      ${arms.map((arm, i) => svg`<line class="axis a${i}" x1=${x} y1=${y} x2=${x + 18 * arm[0]} y2=${y + 18 * arm[1]}></line>`)}
      <circle class="hull" cx=${x} cy=${y} r="4.5"></circle>
      <text x=${x + 10} y=${y + 16}>${model.twin}</text>
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
    return html`<div class="attitude">
      <svg viewBox="-66 -66 132 132" role="img" aria-label="body axes in the world frame">
        <circle class="ball" r="54"></circle>
        <ellipse class="ball" rx="54" ry="27"></ellipse>
        ${q && sun ? this.#arm(rotate(q, sun), 'sun', '☀') : nothing}
        ${q ? axes(q).map((axis, i) => this.#arm(axis, 'a' + i, names[i])) : svg`<text class="note" x="-30" y="4">no attitude</text>`}
      </svg>
      <div class="thrusters" role="img" aria-label="thrusters firing: ${count(mask)} of 16">
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
