import { html, svg, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { ageOfLimit, freshness, plain, truthText } from './marks.js';
import { plug, shownSignal } from './sensors.js';
import { signalTable } from './signaltable.js';

const POWER = [
  ['battery', 'power.soc'],
  ['bus voltage', 'power.bus_v'],
  ['bus current', 'power.bus_a'],
  ['solar array', 'power.array_w'],
  ['load', 'power.load_w'],
  ['supercap', 'power.supercap_soc'],
];
const PROPULSION = [
  ['propellant', 'propellant_kg'],
  ['force, body', 'thrusters.force_body_n', { digits: 1 }],
  ['torque, body', 'thrusters.torque_body_nm', { digits: 1 }],
  ['velocity', 'nav.velocity_mps', { digits: 2 }],
  ['velocity target', 'control.velocity_target_mps', { digits: 2 }],
  ['velocity held', 'control.velocity_held'],
  ['attitude mode', 'control.attitude_mode'],
  ['body rates', 'rates.body_radps', { digits: 3 }],
  ['power mode', 'control.power_mode'],
];

/** Power, heat, propulsion, sensors and the self-test, with everything that is known of each value. */
class SystemsView extends Panel {
  render() {
    const nodes = Object.keys(model.telemetry?.signals ?? {}).filter(name => name.startsWith('thermal.'));
    return html`<div class="col wide">
        <section class="panel" aria-labelledby="sv-power">
          <h2 id="sv-power">Power</h2>
          ${flow()} ${signalTable('power', POWER)}
        </section>
        <section class="panel" aria-labelledby="sv-thermal">
          <h2 id="sv-thermal">Thermal</h2>
          ${signalTable('thermal nodes', nodes.map(name => [name.slice(8, -2), name]))}
        </section>
        <section class="panel grow-panel" aria-labelledby="sv-propulsion">
          <h2 id="sv-propulsion">Propulsion and control ${thrusters()}</h2>
          ${signalTable('propulsion and control', PROPULSION)}
        </section>
      </div>
      <div class="col">${sensors()}${selfTest()}</div>`;
  }
}

/** Where the power comes from and goes to, as the gauge says. */
function flow() {
  const v = name => model.signal(name)?.value;
  const array = v('power.array_w');
  const load = v('power.load_w');
  const shed = v('power.shed') ?? [];
  const how = freshness(model.signal('power.load_w'));
  const surplus = array != null && load != null ? array - load : null;
  const state = surplus === null ? '' : surplus > 1 ? 'charging' : surplus < -1 ? 'discharging' : 'floating';
  const text = (value, unit, digits) => (value == null ? '—' : plain(value, unit, digits) + ' ' + unit);
  const box = (x, y, w, name, line) => svg`<g class="source">
    <rect x=${x} y=${y} width=${w} height="34" rx="6"></rect>
    <text x=${x + w / 2} y=${y + 13} class="k">${name}</text><text x=${x + w / 2} y=${y + 27}>${line}</text></g>`;
  const arrow = (d, on) => svg`<path class="wire ${on ? 'on' : ''}" d=${d} marker-end=${on ? 'url(#flow-on)' : nothing}></path>`;
  return html`<svg class="flow ${how}" viewBox="0 0 620 92" role="img" data-bound="power.load_w power.array_w"
    aria-label="power flow: array ${text(array, 'W', 0)}, load ${text(load, 'W', 0)}, battery ${state}">
    <defs><marker id="flow-on" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
      <path d="M0 1L7 4L0 7z"></path></marker></defs>
    ${arrow('M130 21H232', array > 1)}
    ${arrow('M352 21H454', load > 1)}
    ${surplus < 0 ? arrow('M292 50V39', true) : arrow('M292 39V49', surplus > 1)}
    ${box(10, 4, 120, 'solar array', text(array, 'W'))}
    ${box(232, 4, 120, 'bus', `${text(v('power.bus_v'), 'V', 1)} · ${text(v('power.bus_a'), 'A', 1)}`)}
    ${box(454, 4, 156, shed.length ? `loads, ${shed.length} shed` : 'loads', text(load, 'W'))}
    ${box(212, 50, 160, 'battery ' + state, `${text(v('power.soc'), '%', 1)} · ${surplus === null ? '—' : (surplus > 0 ? '+' : '') + plain(surplus, 'W', 0)} W`)}
    ${shedLines(shed).map((line, i) => svg`<text class="shed ${shed.length ? 'some' : ''}" x="386" y=${62 + 14 * i}>${line}</text>`)}
  </svg>`;
}

/** What is shed, by its reason, two loads a line; as many lines as there is room for. */
function shedLines(shed) {
  if (shed.length === 0) {
    return ['no load is shed'];
  }
  const reasons = new Map();
  shed.map(text => text.split(' ')).forEach(([load, ...why]) => {
    const reason = why.join(' ');
    reasons.set(reason, [...(reasons.get(reason) ?? []), load]);
  });
  const lines = [...reasons].flatMap(([reason, loads]) => {
    const pairs = loads.reduce((rows, load, i) => (i % 2 ? (rows.at(-1).push(load), rows) : [...rows, [load]]), []);
    return pairs.map((pair, i) => (i === 0 ? `■ ${reason}: ` : '  ') + pair.join(', ') + (i < pairs.length - 1 ? ',' : ''));
  });
  return lines.length > 3 ? [...lines.slice(0, 2), `and more, ${shed.length} in all`] : lines;
}

function thrusters() {
  const signal = model.signal('thrusters.firing_mask');
  const mask = signal?.value ?? 0;
  const firing = [...Array(16).keys()].filter(i => (mask >> i) & 1);
  return html`<span class="thrusters line ${freshness(signal)}" role="img" data-bound="thrusters.firing_mask"
    aria-label="thrusters firing: ${firing.length} of 16">
    ${['A', 'B', 'C', 'D'].map((group, g) => html`<span class="group">${group}
      ${[0, 1, 2, 3].map(k => html`<i class=${firing.includes(4 * g + k) ? 'on' : ''}></i>`)}</span>`)}
    <span class="dim">${firing.length} of 16 firing</span></span>`;
}

function sensors() {
  const rows = model.telemetry?.sensors ?? [];
  return html`<section class="panel" aria-labelledby="sv-sensors">
    <h2 id="sv-sensors">Sensors <span class="dim">◆ critical; ages in simulation time</span></h2>
    <table class="signals sensor-table">
      <thead><tr><th scope="col" class="s-name">sensor</th><th scope="col" class="s-value">value</th>
        <th scope="col" class="s-age">age / limit</th><th scope="col" class="s-q">qual.</th>
        <th scope="col" class="s-truth">truth</th><th scope="col" class="s-truth">trust</th>
        <th scope="col" class="s-plug"><span class="hidden">plug</span></th></tr></thead>
      <tbody>${rows.map(sensorRow)}</tbody>
    </table>
  </section>`;
}

function sensorRow(sensor) {
  const how = freshness(sensor);
  const built = sensor.reason !== 'not-built';
  return html`<tr class=${how} data-sensor=${sensor.id} data-truth=${sensor.truth}>
    <th scope="row" title="${sensor.id}, ${sensor.rate_hz} Hz">${sensor.id.replace(/^sensor_/, '')}${
      sensor.critical ? html`<span class="crit" title="critical">◆</span>` : nothing}${
      sensor.forced ? html`<sup class="mark forced" title="forced by a fault">F</sup>` : nothing}</th>
    <td class="val">${shownSignal(sensor, how)}</td>
    <td class="age">${built ? ageOfLimit(sensor) : nothing}</td>
    <td class="age">${how === 'no-data' ? nothing : sensor.quality.toFixed(2)}</td>
    <td class="truth">${truthText(sensor)}</td>
    <td class="truth trust ${sensor.trust ?? ''}">${built ? (sensor.trust ?? '—').replace('_', ' ') : nothing}</td>
    <td class="plug">${plug(sensor)}</td>
  </tr>`;
}

const DEVICE_SIGNS = { OK: '✓', WARNING: '■', ERROR: '▲', NOT_FOUND: '▲' };

function selfTest() {
  const bios = model.telemetry?.bios;
  const trouble = bios ? [...bios.devices].sort((a, b) => (a.status === 'OK') - (b.status === 'OK')) : [];
  return html`<section class="panel fill" aria-labelledby="sv-bios">
    <h2 id="sv-bios">Self-test <span class="dim" data-testid="bios">${
      bios ? `tick ${bios.tick} · health ${bios.health_score.toFixed(2)} · ${bios.all_systems_go ? '✓ all systems go' : '▲ a critical device is not OK'}` : 'none yet'
    }</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-label="devices of the self-test">
      <table class="signals devices">
        <thead><tr><th scope="col" class="d-name">device</th><th scope="col" class="d-kind">kind</th>
          <th scope="col" class="d-status">status</th><th scope="col">code and message</th></tr></thead>
        <tbody>${trouble.map(device => html`<tr class="device ${device.status}" data-device=${device.device}>
          <th scope="row">${device.device}${device.critical ? html`<span class="crit" title="critical">◆</span>` : nothing}</th>
          <td>${device.kind.toLowerCase().replace('_', ' ')}</td>
          <td class="status"><span aria-hidden="true">${DEVICE_SIGNS[device.status] ?? '?'}</span> ${device.status.replace('_', ' ')}</td>
          <td class="dim">${device.code === 'NONE' ? '' : device.code.toLowerCase().replaceAll('_', ' ')} ${device.message}</td>
        </tr>`)}</tbody>
      </table>
    </div>
  </section>`;
}

customElements.define('qiki-systems-view', SystemsView);
