import { html, svg, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';

/** Where each state is drawn: centre and size. A state that is not listed gets a place below. */
const PLACES = {
  BOOTING: [46, 40, 78, 30],
  IDLE: [166, 40, 66, 30],
  ACTIVE: [316, 48, 148, 74],
  ERROR_STATE: [56, 168, 98, 30],
  SAFE_MODE: [196, 168, 94, 30],
  SHUTDOWN: [342, 168, 90, 30],
};
const SPARE = [60, 220, 96, 28];
const BEND = 13;

/** The state machine, drawn from its table. */
class Fsm extends Panel {
  render() {
    const now = model.state;
    const table = model.fsm;
    return html`<section class="panel" aria-labelledby="fsm-title">
      <h2 id="fsm-title" class="oneline">State
        <span class="state-text ${now?.state ?? ''}" data-testid="state">${now?.state ?? '—'}${
          now?.activity ? html`<span class="sep">/</span>${now.activity}` : nothing
        }</span>
        ${now?.safe_mode_reason
          ? html`<span class="reason" data-testid="safe-reason">△ ${now.safe_mode_reason}</span>`
          : nothing}
      </h2>
      ${table ? this.#drawing(table, now) : html`<p class="empty">reading the table …</p>`}
      ${this.#history(now)}
    </section>`;
  }

  #drawing(table, now) {
    const last = now?.history?.at(-1);
    const edges = group(table.rows.filter(row => row.from !== row.to));
    return html`<svg class="fsm" viewBox="0 0 400 192" role="img" aria-label=${
      'state machine, now ' + (now?.state ?? 'unknown') + ' ' + (now?.activity ?? '')
    }>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 1L7 4L0 7z"></path>
        </marker>
        <marker id="tip-lit" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 1L7 4L0 7z"></path>
        </marker>
      </defs>
      ${edges.map(edge => this.#edge(edge, last))}
      ${table.states.map((state, i) => this.#state(state, i, now, table))}
    </svg>`;
  }

  #edge(edge, last) {
    const lit = last && last.from === edge.from && last.to === edge.to;
    const path = curve(place(edge.from), place(edge.to));
    const rows = edge.rows.map(row => `${row.trigger}: ${row.condition}`).join('\n');
    return svg`<g class="edge ${lit ? 'lit' : ''}">
      <path d=${path.d} marker-end=${lit ? 'url(#tip-lit)' : 'url(#tip)'}>
        <title>${edge.from} → ${edge.to}\n${rows}</title>
      </path>
    </g>`;
  }

  #state(state, i, now, table) {
    const [x, y, w, h] = place(state, i);
    const lit = now?.state === state;
    const activities = state === 'ACTIVE' ? table.activities.filter(a => a !== 'NONE') : [];
    return svg`<g class="node ${lit ? 'lit' : ''} ${state}" data-state=${state} aria-current=${lit ? 'true' : 'false'}>
      <rect x=${x - w / 2} y=${y - h / 2} width=${w} height=${h} rx="7"></rect>
      <text x=${x} y=${activities.length ? y - h / 2 + 17 : y + 4}>${lit ? '● ' : ''}${state.replace('_', ' ')}</text>
      ${activities.map((activity, k) => {
        const on = lit && now.activity === activity;
        const cy = y - h / 2 + 32 + k * 16;
        return svg`<text class="activity ${on ? 'on' : ''}" x=${x} y=${cy}>${on ? '▸ ' : ''}${activity}</text>`;
      })}
    </g>`;
  }

  #history(now) {
    const rows = (now?.history ?? []).slice(-3).reverse();
    return html`<ol class="history" aria-label="last transitions">
      ${rows.map(
        (row, i) => html`<li class=${i === 0 ? 'newest' : ''}>
          <span class="tk">t${row.tick}</span>
          <span>${name(row.from, row.from_activity)} → ${name(row.to, row.to_activity)}</span>
          <b>${row.trigger}</b>
        </li>`,
      )}
    </ol>`;
  }
}

const name = (state, activity) => (activity && activity !== 'NONE' ? activity : state);
const place = (state, i = 0) => PLACES[state] ?? [SPARE[0] + 100 * (i % 4), ...SPARE.slice(1)];

function group(rows) {
  const edges = new Map();
  for (const row of rows) {
    const key = row.from + '>' + row.to;
    const edge = edges.get(key) ?? { from: row.from, to: row.to, rows: [] };
    edge.rows.push(row);
    edges.set(key, edge);
  }
  return [...edges.values()];
}

/** A bent line from the border of one box to the border of the other. */
function curve(a, b) {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy) || 1;
  const cx = (a[0] + b[0]) / 2 + (-dy / length) * BEND;
  const cy = (a[1] + b[1]) / 2 + (dx / length) * BEND;
  const from = border(a, cx, cy, 1);
  const to = border(b, cx, cy, 3);
  const f = n => n.toFixed(1);
  return { d: `M${f(from[0])} ${f(from[1])}Q${f(cx)} ${f(cy)} ${f(to[0])} ${f(to[1])}` };
}

function border([x, y, w, h], tx, ty, gap) {
  const dx = tx - x;
  const dy = ty - y;
  const scale = Math.min((w / 2 + gap) / Math.abs(dx || 1e-9), (h / 2 + gap) / Math.abs(dy || 1e-9), 1);
  return [x + dx * scale, y + dy * scale];
}

customElements.define('qiki-fsm', Fsm);
