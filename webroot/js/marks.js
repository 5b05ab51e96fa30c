/**
 * A value with its marks: plain when fresh, dimmed italic with its age when stale, a dash with the
 * reason when there is none, struck when invalid, a letter when forced or a substitute. The exact
 * value is in data-value; the text is rounded.
 */
import { html, svg, nothing } from 'lit';
import { model } from './model.js';

const DIGITS = {
  m: 2, 'm/s': 3, 'm/s2': 4, 'rad/s': 5, V: 2, A: 2, W: 1, '%': 2, K: 2, kg: 3, N: 2, 'N m': 2,
};

export function number(value, unit, digits = DIGITS[unit] ?? 3) {
  if (Number.isInteger(value) && unit === '1') {
    return String(value);
  }
  const text = unit === 'T' ? value.toExponential(1) : value.toFixed(digits);
  return text.replace(/^-(0(\.0*)?)$/, '$1').replaceAll('-', '−');
}

export function plain(value, unit, digits) {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(v => plain(v, unit, digits)).join('  ');
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  return typeof value === 'number' ? number(value, unit, digits) : String(value);
}

export function seconds(ms) {
  return ms < 10000 ? (ms / 1000).toFixed(2) + ' s' : (ms / 1000).toFixed(0) + ' s';
}

/** Age in simulation time: as the server told it, and what has gone by unheard since. */
export const age = item => item.age_ms + model.overdueMs;

/** Age against its limit, s. */
export const ageOfLimit = item => {
  const text = ms => (ms < 100000 ? (ms / 1000).toFixed(2) : (ms / 1000).toFixed(0));
  return `${text(age(item))} / ${text(item.stale_after_ms)} s`;
};

export const isStale = item => item.truth !== 'NO_DATA' && age(item) > item.stale_after_ms;

/** fresh, stale, no-data, invalid or fallback. */
export function freshness(item) {
  if (!item || item.truth === 'NO_DATA') {
    return 'no-data';
  }
  if (item.truth === 'INVALID') {
    return 'invalid';
  }
  if (isStale(item)) {
    return 'stale';
  }
  return item.truth === 'FALLBACK' ? 'fallback' : 'fresh';
}

/** The value of a signal, without the marks beside it. */
export function bareValue(name, options = {}) {
  const signal = model.signal(name);
  if (!signal) {
    return html`<span class="v no-data" data-bound=${name}>—</span>`;
  }
  const how = freshness(signal);
  const unit = signal.unit === '1' || options.bare ? '' : signal.unit;
  return html`<span
      class="v ${how}"
      data-signal=${name}
      data-value=${JSON.stringify(signal.value)}
      data-age=${age(signal)}
      title=${tip(name, signal)}
      >${how === 'no-data'
        ? html`— <i class="why">${signal.reason}</i>`
        : html`${how === 'invalid' ? '△ ' : nothing}${plain(signal.value, signal.unit, options.digits)}${unit
              ? html`<span class="u">${unit}</span>`
              : nothing}`}</span
    >`;
}

/** The value of a signal with its marks. */
export function value(name, options) {
  const signal = model.signal(name);
  return signal ? html`${bareValue(name, options)}${marks(signal)}${limitMark(signal)}` : bareValue(name);
}

/** What a value is worth, in a word with its shape. */
export function truthText(item) {
  const how = freshness(item);
  return how === 'stale' ? '◷ STALE' : how === 'invalid' ? '△ INVALID' : (item?.truth ?? '—').replace('_', ' ');
}

const LEVELS = {
  LOW_CRITICAL: ['critical', '▲↓', 'low_critical', 'critical: at or below'],
  LOW_WARNING: ['warning', '■↓', 'low_warning', 'warning: at or below'],
  HIGH_WARNING: ['warning', '■↑', 'high_warning', 'warning: at or above'],
  HIGH_CRITICAL: ['critical', '▲↑', 'high_critical', 'critical: at or above'],
};

/** The limit that a value is beyond, as the server judges it. */
export function limitMark(signal) {
  const level = LEVELS[signal?.level];
  if (!level) {
    return nothing;
  }
  const [kind, sign, limit, words] = level;
  const at = plain(signal.limits[limit], signal.unit, 1);
  return html`<span class="mark level ${kind}" title="${words} ${at} ${signal.unit}" data-level=${signal.level}
    >${sign} ${at}</span>`;
}

/** The range within which nothing is said of a value: its warning limits, short. */
export function normalRange(signal) {
  const { low_warning: low, high_warning: high } = signal?.limits ?? {};
  if (low == null && high == null) {
    return '';
  }
  return low != null && high != null ? `${low.toFixed(0)}–${high.toFixed(0)}` : low != null ? `≥${plain(low, '', 1)}` : `≤${plain(high, '', 1)}`;
}

/** All limits of a signal in words. */
export function limitsText(signal) {
  const words = { low_critical: 'trips at', low_warning: 'warns at', high_warning: 'warns at', high_critical: 'trips at' };
  return Object.entries(words)
    .filter(([key]) => signal?.limits?.[key] != null)
    .map(([key, word]) => `${word} ${plain(signal.limits[key], signal.unit)} ${signal.unit}`)
    .join(', ');
}

/** The letters and the clock beside a value. */
export function marks(item, how = freshness(item)) {
  return html`${how === 'stale'
    ? html`<span class="mark clock" title="stale">◷ ${seconds(age(item))}</span>`
    : nothing}${item?.forced
    ? html`<sup class="mark forced" title="forced by a fault">F</sup>`
    : nothing}${how === 'fallback' ? html`<sup class="mark" title="substitute">B</sup>` : nothing}`;
}

function tip(name, signal) {
  return `${name} ${JSON.stringify(signal.value)} ${signal.unit} · source ${signal.source ?? '?'} tick ${
    signal.source_tick
  } · age ${age(signal)} ms of ${signal.stale_after_ms} · ${signal.truth} ${signal.reason ?? ''}`;
}

/** A labelled row of a value list. */
export function row(label, name, options) {
  return html`<div class="kv"><span class="k">${label}</span>${options?.limits
      ? gauge(model.signal(name))
      : options?.spark
        ? sparkline(name)
        : nothing}<span class="val">${value(name, options)}</span>${options?.limits === true ? limits(name) : nothing}</div>`;
}

/** Where a value lies between its limits: amber beyond a warning, red beyond a trip. */
export function gauge(signal) {
  const [a, b, c, d] = ['low_critical', 'low_warning', 'high_warning', 'high_critical'].map(key => signal?.limits?.[key]);
  const known = [a, b, c, d].filter(limit => limit != null);
  if (known.length === 0 || typeof signal.value !== 'number') {
    return nothing;
  }
  const reach = Math.max(known.at(-1) - known[0], 1e-9);
  const low = a == null ? Math.min(0, known[0]) : a - 0.12 * reach;
  const high = d == null ? Math.max(signal.value, 2 * known.at(-1), known.at(-1) + reach) : d + 0.12 * reach;
  const x = v => 100 * Math.min(1, Math.max(0, (v - low) / (high - low)));
  const zone = (from, to, kind) => svg`<rect class=${kind} x=${x(from).toFixed(2)} width=${(x(to) - x(from)).toFixed(2)} y="2" height="2"></rect>`;
  return html`<svg class="gauge ${freshness(signal)}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    ${zone(low, high, 'normal')}
    ${a != null ? zone(low, a, 'critical') : nothing} ${b != null ? zone(a ?? low, b, 'warning') : nothing}
    ${c != null ? zone(c, d ?? high, 'warning') : nothing} ${d != null ? zone(d, high, 'critical') : nothing}
    <rect class="now" x=${(x(signal.value) - 0.7).toFixed(2)} y="0" width="1.4" height="6"></rect>
  </svg>`;
}

function limits(name) {
  const signal = model.signal(name);
  return html`<span class="lim" title=${limitsText(signal)}>${normalRange(signal)}</span>`;
}

/** The last minute or so of a number, without a scale: its shape only. */
export function sparkline(name) {
  const samples = model.trail.of(name);
  if (samples.length < 2) {
    return html`<svg class="spark" viewBox="0 0 60 16" aria-hidden="true"></svg>`;
  }
  const low = Math.min(...samples);
  const span = Math.max(...samples) - low || 1;
  const points = samples
    .map((s, i) => `${((i / (samples.length - 1)) * 60).toFixed(1)},${(14 - ((s - low) / span) * 12).toFixed(1)}`)
    .join(' ');
  return html`<svg class="spark ${freshness(model.signal(name))}" data-bound=${name} viewBox="0 0 60 16" preserveAspectRatio="none" aria-hidden="true">
    <polyline points=${points}></polyline>
  </svg>`;
}
