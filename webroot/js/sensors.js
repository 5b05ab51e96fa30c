import { html, nothing } from 'lit';
import { clear, inject } from './actions.js';
import { model } from './model.js';
import { Panel } from './panel.js';
import { age, freshness, plain, seconds, truthText } from './marks.js';

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
      <h2 id="sensors-title">Sensors <span class="dim">age in simulation time</span></h2>
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
      <td class="val">${shownSignal(sensor, how)}</td>
      <td class="age" data-testid="age">${sensor.reason === 'not-built' ? '' : seconds(age(sensor))}</td>
      <td class="truth"><span title="trust of the agent: ${sensor.trust ?? 'none'}">${truthText(sensor)}</span></td>
      <td class="plug">${plug(sensor)}</td>
    </tr>`;
  }
}

/** The signal that stands for a sensor, in few digits. */
export function shownSignal(sensor, how) {
  if (how === 'no-data') {
    return html`— <i class="why">${sensor.reason}</i>`;
  }
  const name =
    SHOWN[sensor.id] ?? Object.keys(model.telemetry.signals).find(key => model.signal(key).source === sensor.id);
  const signal = model.signal(name);
  if (!signal || signal.value === null) {
    return html`— <i class="why">${signal?.reason ?? ''}</i>`;
  }
  const digits = Array.isArray(signal.value) ? NARROW[signal.unit] : undefined;
  const unit = signal.unit === '1' ? nothing : html`<span class="u">${signal.unit}</span>`;
  return html`<span class="v ${how}" data-bound=${name} data-value=${JSON.stringify(signal.value)} title=${name}
    >${plain(signal.value, signal.unit, digits)}${unit}</span>`;
}

/** The button that pulls the plug of a sensor, or puts it in again. */
export function plug(sensor) {
  if (!model.faultTargets.has(sensor.id)) {
    return nothing;
  }
  const out = model.faults.has(sensor.id);
  return html`<button class="plug ${out ? 'in' : 'out'}" ?disabled=${!model.live}
    aria-label=${out ? `plug ${sensor.id} in` : `unplug ${sensor.id}`}
    title=${out ? 'clear the fault' : 'inject the fault sensor.off'}
    @click=${() => (out ? clear(sensor.id) : inject(sensor.id))}>${out ? 'plug in' : 'unplug'}</button>`;
}

customElements.define('qiki-sensors', Sensors);
