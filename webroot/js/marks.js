/**
 * A value with its marks: plain when fresh, dimmed italic with its age when stale, a dash with the
 * reason when there is none, struck when invalid, a letter when forced or a substitute. The exact
 * value is in data-value; the text is rounded.
 */
import { html, nothing } from 'lit';
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

export const isStale = item => item.truth === 'OK' && item.age_ms > item.stale_after_ms;

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

/** The value of a signal. */
export function value(name, options = {}) {
  const signal = model.signal(name);
  if (!signal) {
    return html`<span class="v no-data" data-signal=${name}>—</span>`;
  }
  const how = freshness(signal);
  const unit = signal.unit === '1' || options.bare ? '' : signal.unit;
  return html`<span
      class="v ${how}"
      data-signal=${name}
      data-value=${JSON.stringify(signal.value)}
      data-age=${signal.age_ms}
      title=${tip(name, signal)}
      >${how === 'no-data'
        ? html`— <i class="why">${signal.reason}</i>`
        : html`${how === 'invalid' ? '△ ' : nothing}${plain(signal.value, signal.unit, options.digits)}${unit
              ? html`<span class="u">${unit}</span>`
              : nothing}`}</span
    >${marks(signal, how)}`;
}

/** The letters and the clock beside a value. */
export function marks(item, how = freshness(item)) {
  return html`${how === 'stale'
    ? html`<span class="mark clock" title="stale">◷ ${seconds(item.age_ms)}</span>`
    : nothing}${item?.forced
    ? html`<sup class="mark forced" title="forced by a fault">F</sup>`
    : nothing}${how === 'fallback' ? html`<sup class="mark" title="substitute">B</sup>` : nothing}`;
}

function tip(name, signal) {
  return `${name} ${JSON.stringify(signal.value)} ${signal.unit} · source ${signal.source ?? '?'} tick ${
    signal.source_tick
  } · age ${signal.age_ms} ms of ${signal.stale_after_ms} · ${signal.truth} ${signal.reason ?? ''}`;
}

/** A labelled row of a value list. */
export function row(label, name, options) {
  return html`<div class="kv"><span class="k">${label}</span>${options?.spark
      ? sparkline(name)
      : nothing}<span class="val">${value(name, options)}</span></div>`;
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
  return html`<svg class="spark" viewBox="0 0 60 16" preserveAspectRatio="none" aria-hidden="true">
    <polyline points=${points}></polyline>
  </svg>`;
}
