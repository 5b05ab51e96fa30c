import { html, svg, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { plain } from './marks.js';
import { proposal } from './proposal.js';

const PHASES = ['sense', 'bios', 'fsm', 'propose', 'decide'];
const COMMANDS = 40;

/** What the phases of a tick take: the newest as numbers, the last ones as a picture. */
class Phases extends Panel {
  render() {
    const us = model.decision?.phases_us ?? {};
    const total = PHASES.reduce((sum, phase) => sum + (us[phase] ?? 0), 0);
    return html`<section class="panel" aria-labelledby="phases-title">
      <h2 id="phases-title">Tick phases <span class="dim">tick ${model.decision?.tick ?? '—'} · ${total} µs</span></h2>
      <svg class="timeline" viewBox="0 0 360 34" preserveAspectRatio="none" role="img" aria-label="durations of the last ticks">
        ${this.#columns()}
      </svg>
      <ul class="phases">
        ${PHASES.map(
          phase => html`<li><span class="swatch ${phase}" aria-hidden="true"></span>${phase}
            <b data-phase=${phase}>${us[phase] ?? '—'}</b></li>`,
        )}
      </ul>
    </section>`;
  }

  #columns() {
    const rows = model.phases.rows;
    const sums = rows.map(row => PHASES.reduce((sum, phase) => sum + (row.value[phase] ?? 0), 0));
    const sorted = [...sums].sort((a, b) => a - b);
    const top = Math.max(40, 1.6 * (sorted[Math.floor(sorted.length * 0.95)] ?? 0));
    return rows.map((row, i) => {
      const x = 360 - (rows.length - i) * 4;
      let y = 34;
      return PHASES.map(phase => {
        const h = Math.max(0, Math.min(y, ((row.value[phase] ?? 0) / top) * 34));
        y -= h;
        return svg`<rect class=${phase} x=${x} y=${y.toFixed(2)} width="3.2" height=${h.toFixed(2)}></rect>`;
      });
    });
  }
}

/** The newest decision: every proposal with its verdict and why, and how far commands have come. */
class Decision extends Panel {
  render() {
    const decision = model.decision;
    const proposals = decision?.proposals ?? [];
    return html`<section class="panel fill" aria-labelledby="decision-title">
      <h2 id="decision-title">Decision <span class="dim">tick ${decision?.tick ?? '—'} in ${decision?.state ?? '—'}</span></h2>
      <div class="scroll" tabindex="0" role="region" aria-label="proposals and commands">
        <ul class="proposals" data-testid="proposals">
          ${proposals.length === 0 ? html`<li class="empty">no proposal at this tick</li>` : nothing}
          ${proposals.map(proposal)}
        </ul>
        <h3>Commands</h3>
        <ul class="commands" data-testid="commands">${this.#commands()}</ul>
      </div>
    </section>`;
  }

  #commands() {
    const newest = [...model.commands.values()].slice(0, COMMANDS);
    if (newest.length === 0) {
      return html`<li class="empty">none since this page was opened</li>`;
    }
    return newest.map(({ command, tick }) => html`<li
      title="${command.id} ${command.command_type} ${command.actuator} ${JSON.stringify(command.value)} ${command.unit} · ${command.code ?? ''}"
    >
      <span class="tk">t${tick}</span>
      <span class="what">${command.actuator.replace('_controller', '')}
        <i>${plain(command.value, command.unit, 2)} ${command.unit === '1' ? '' : command.unit}</i></span>
      <span class="stage ${command.stage}">${command.stage}</span>
    </li>`);
  }
}

customElements.define('qiki-phases', Phases);
customElements.define('qiki-decision', Decision);
