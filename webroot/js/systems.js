import { html, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { freshness, plain, row, seconds } from './marks.js';

/** Power, heat, propellant and control. */
class Systems extends Panel {
  render() {
    const nodes = Object.keys(model.telemetry?.signals ?? {}).filter(name => name.startsWith('thermal.'));
    return html`<div class="systems">
      <section class="panel" aria-labelledby="power-title">
        <h2 id="power-title">Power</h2>
        ${row('battery', 'power.soc', { spark: true, limits: true })} ${row('bus', 'power.bus_v', { spark: true, limits: true })}
        ${row('current', 'power.bus_a', { limits: true })} ${row('array', 'power.array_w')} ${row('load', 'power.load_w')}
        ${row('supercap', 'power.supercap_soc')} ${row('shed', 'power.shed')}
      </section>
      <section class="panel" aria-labelledby="thermal-title">
        <h2 id="thermal-title">Thermal <span class="dim">K</span></h2>
        ${nodes.map(name => row(name.slice(8, -2), name, { spark: true, limits: true, bare: true, digits: 1 }))}
        ${nodes.length === 0 ? html`<p class="empty">—</p>` : nothing}
      </section>
      <section class="panel" aria-labelledby="control-title">
        <h2 id="control-title">Control</h2>
        ${row('propellant', 'propellant_kg', { spark: true, limits: true, digits: 2 })} ${row('attitude', 'control.attitude_mode')}
        ${row('power mode', 'control.power_mode')} ${row('thrusters', 'thrusters.firing_count')}
        ${row('self-test', 'bios.health_score')} ${row('contacts', 'radar.contacts')} ${row('dock', 'dock.state')}
      </section>
    </div>`;
  }
}

/** The signal that stands for a sensor in the table. */
const SHOWN = {
  imu_main: 'rates.body_radps',
  nav: 'nav.position_m',
  radar_360: 'radar.detections',
  sensor_thermal: 'thermal.core_k',
  power_gauge: 'power.soc',
};

/** Digits of vectors, which must fit the column. */
const NARROW = { 1: 3, m: 1, 'rad/s': 4 };

/** Every sensor with value, unit, age, truth and trust, and its plug. */
class Sensors extends Panel {
  render() {
    const sensors = model.telemetry?.sensors ?? [];
    return html`<section class="panel" aria-labelledby="sensors-title">
      <h2 id="sensors-title">Sensors <span class="dim">age against its limit, in simulation time</span></h2>
      <table class="sensors">
        <thead>
          <tr><th scope="col">sensor</th><th scope="col">value</th><th scope="col">age</th>
            <th scope="col">truth</th><th scope="col"><span class="hidden">plug</span></th></tr>
        </thead>
        <tbody>${sensors.map(sensor => this.#row(sensor))}</tbody>
      </table>
    </section>`;
  }

  #row(sensor) {
    const how = freshness(sensor);
    return html`<tr class=${how} data-sensor=${sensor.id} data-truth=${sensor.truth}>
      <th scope="row" title="${sensor.id}, ${sensor.rate_hz} Hz${sensor.critical ? ', critical' : ''}"
        >${sensor.id.replace(/^sensor_/, '')}${sensor.critical ? html`<span class="crit" title="critical">◆</span>` : nothing}${
          sensor.forced ? html`<sup class="mark forced" title="forced by a fault">F</sup>` : nothing
        }</th
      >
      <td class="val">${this.#value(sensor, how)}</td>
      <td class="age" data-testid="age">${sensor.truth === 'NO_DATA' && sensor.reason === 'not-built' ? '' : seconds(sensor.age_ms)}</td>
      <td class="truth"><span title="trust of the agent: ${sensor.trust ?? 'none'}">${
        how === 'stale' ? '◷ STALE' : sensor.truth.replace('_', ' ')
      }</span></td>
      <td class="plug">${this.#plug(sensor)}</td>
    </tr>`;
  }

  #value(sensor, how) {
    if (how === 'no-data') {
      return html`— <i class="why">${sensor.reason}</i>`;
    }
    const name = SHOWN[sensor.id] ?? Object.keys(model.telemetry.signals).find(key => model.signal(key).source === sensor.id);
    const signal = model.signal(name);
    if (!signal || signal.value === null) {
      return html`— <i class="why">${signal?.reason ?? ''}</i>`;
    }
    const digits = Array.isArray(signal.value) ? NARROW[signal.unit] : undefined;
    return html`<span class="v ${how}" data-value=${JSON.stringify(signal.value)} title=${name}>${plain(signal.value, signal.unit, digits)}${
      signal.unit === '1' ? nothing : html`<span class="u">${signal.unit}</span>`
    }</span>`;
  }

  #plug(sensor) {
    if (!model.faultTargets.has(sensor.id)) {
      return nothing;
    }
    if (model.faults.has(sensor.id)) {
      return html`<button class="plug in" ?disabled=${!model.live} aria-label="plug ${sensor.id} in"
        title="clear the fault" @click=${() => model.clear(sensor.id)}>plug in</button>`;
    }
    return html`<button class="plug out" ?disabled=${!model.live} aria-label="unplug ${sensor.id}"
      title="inject the fault sensor.off" @click=${() => model.inject(sensor.id)}>unplug</button>`;
  }
}

/** What happened, newest first. */
class Events extends Panel {
  render() {
    const events = model.events.slice(-80).reverse();
    return html`<section class="panel fill" aria-labelledby="events-title">
      <h2 id="events-title">Events <span class="dim">${model.events.length} read</span></h2>
      <div class="scroll" tabindex="0" role="region" aria-label="events">
        <ol class="events" data-testid="events">
          ${events.length === 0 ? html`<li class="empty">none yet</li>` : nothing}
          ${events.map(event => html`<li class=${event.severity} title=${JSON.stringify(event.data)}>
            <span class="tk">${event.sim_time_s.toFixed(1)} s</span>
            <span class="sev" aria-label=${event.severity}>${{ INFO: '·', WARNING: '■', CRITICAL: '▲' }[event.severity] ?? '?'}</span>
            <span class="type">${event.type}</span>
            <b>${event.reason}</b>
            <span class="data">${describe(event)}</span>
          </li>`)}
        </ol>
      </div>
    </section>`;
  }
}

function describe(event) {
  const data = event.data ?? {};
  if (data.from && data.to) {
    return `${data.from} → ${data.to}`;
  }
  return Object.entries(data)
    .filter(([key, text]) => !key.endsWith('_id') && text !== '0')
    .map(([key, text]) => `${key} ${text}`)
    .join(', ');
}

customElements.define('qiki-systems', Systems);
customElements.define('qiki-sensors', Sensors);
customElements.define('qiki-events', Events);
