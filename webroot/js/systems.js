import { html, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { row } from './marks.js';

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
        ${row('propellant', 'propellant_kg', { limits: 'gauge' })} ${row('attitude', 'control.attitude_mode')}
        ${row('power mode', 'control.power_mode')} ${row('thrusters', 'thrusters.firing_count')}
        ${row('self-test', 'bios.health_score')} ${row('contacts', 'radar.contacts')} ${row('dock', 'dock.state')}
      </section>
    </div>`;
  }
}

customElements.define('qiki-systems', Systems);
