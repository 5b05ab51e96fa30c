/** Signals as the rows of a table: marks have columns of their own, so that nothing ever moves. */
import { html, nothing } from 'lit';
import { model } from './model.js';
import { ageOfLimit, bareValue, freshness, gauge, limitMark, limitsText, plain, sparkline, truthText } from './marks.js';

/** A table of signals; a row is [label, name, options]. */
export function signalTable(caption, rows) {
  return html`<table class="signals" aria-label=${caption}>
    <thead><tr>
      <th scope="col" class="c-name">signal</th><th scope="col" class="c-value">value</th>
      <th scope="col" class="c-trend">trend</th><th scope="col" class="c-age">age / limit</th>
      <th scope="col" class="c-truth">truth</th><th scope="col" class="c-limits">trip, warn … warn, trip</th>
    </tr></thead>
    <tbody>${rows.map(row => signalRow(...row))}</tbody>
  </table>`;
}

function signalRow(label, name, options) {
  const signal = model.signal(name);
  const how = freshness(signal);
  const built = signal && signal.reason !== 'not-built';
  return html`<tr class=${how} data-row=${name}>
    <th scope="row" title=${name}>${label}${signal?.forced ? html`<sup class="mark forced" title="forced by a fault">F</sup>` : nothing}</th>
    <td class="val">${bareValue(name, options)}</td>
    <td class="trend">${typeof signal?.value === 'number' ? sparkline(name) : nothing}</td>
    <td class="age">${built ? ageOfLimit(signal) : nothing}</td>
    <td class="truth">${truthText(signal)}</td>
    <td class="limits" title=${limitsText(signal)}>${signal?.limits ? limitCell(signal) : nothing}</td>
  </tr>`;
}

function limitCell(signal) {
  const { low_critical: a, low_warning: b, high_warning: c, high_critical: d } = signal.limits;
  const text = v => (v == null ? '–' : plain(v, '', v < 100 ? 1 : 0));
  return html`<span class="limit-text">${text(a)} · ${text(b)} … ${text(c)} · ${text(d)}</span>${limitMark(signal)}${gauge(signal)}`;
}

