import { html, nothing } from 'lit';
import { control } from './actions.js';
import { show } from './dialogs.js';
import { model } from './model.js';
import { Panel } from './panel.js';
import { VIEWS } from './views.js';

const SPEEDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const clock = date => date.toTimeString().slice(0, 8);

/** Mission elapsed time, h:mm:ss.s. */
export function elapsed(s) {
  const tenths = Math.round(s * 10);
  const pad = (n, width = 2) => String(n).padStart(width, '0');
  const whole = Math.floor(tenths / 10);
  return `${pad(Math.floor(whole / 3600))}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}.${tenths % 10}`;
}

/** A date of the server to tenths of a second; the browser's own clock has no say in it. */
export function utc(text) {
  const [date, time] = text.replace('Z', '').split('T');
  const [whole, fraction = '0'] = time.split('.');
  return `${date} ${whole.padEnd(8, ':00')}.${fraction[0]}`;
}

/** Components that are not up stand first, where they are seen however many there are. */
const troubleFirst = health => Object.entries(health).sort(([, a], [, b]) => (a.status === 'UP') - (b.status === 'UP'));

/** What is always visible: run state and speed with their controls, time, connection, health. */
class Header extends Panel {
  render() {
    const t = model.telemetry;
    return html`
      <div class="bar ${model.bus.connected ? '' : 'lost'}">
        <h1><img src="/favicon.svg" alt="" width="22" height="22">QIKI <b>DTMP</b></h1>
        ${this.#twin()}
        <span class="run ${model.runState ?? ''}" id="run-state" role="status" aria-label="run state"
          ><span aria-hidden="true">${model.runState === 'RUNNING' ? '▶' : '❚❚'}</span>
          <b data-testid="run-state">${model.runState ?? '—'}</b>
          <span data-testid="speed">${model.speed ?? '—'}×</span></span
        >
        ${this.#controls()}
        <span class="time" role="group" aria-label="simulation time and tick">
          <span class="label">UTC</span> <time class="utc" data-testid="utc" datetime=${t?.sim_time_utc ?? nothing}
            title="simulation time as a date: the configured epoch plus elapsed time">${t ? utc(t.sim_time_utc) : '—'}</time>
          <span class="label">elapsed</span> <b data-testid="elapsed">${t ? elapsed(t.sim_time_s) : '—'}</b>
          <span class="label">tick</span> <b data-testid="tick">${t?.tick ?? '—'}</b>
          <span class="label">version</span> <b data-testid="version">${model.state?.version ?? '—'}</b>
          <span class="label" title="ticks that began a whole period or more after they were due">slips</span> <b data-testid="slips">${model.slips}</b>
        </span>
        <span class="second">${this.#views()} ${this.#agent()} ${this.#health()} ${this.#link()}
          <span class="grow"></span>
          ${this.#connection()}</span>
      </div>
    `;
  }

  #twin() {
    if (model.twins.length <= 1) {
      return html`<span class="twin" data-testid="twin">${model.twin ?? '—'}</span>`;
    }
    return html`<select
      aria-label="twin"
      data-testid="twin"
      .value=${model.twin}
      @change=${e => model.choose(e.target.value)}
    >
      ${model.twins.map(twin => html`<option ?selected=${twin.id === model.twin}>${twin.id}</option>`)}
    </select>`;
  }

  #controls() {
    const running = model.runState === 'RUNNING';
    const off = !model.live;
    const speeds = SPEEDS.includes(model.speed) || model.speed == null ? SPEEDS : [...SPEEDS, model.speed];
    return html`<span class="controls" role="group" aria-label="run control">
      <button
        id="play"
        class="primary"
        ?disabled=${off}
        title="space"
        @click=${() => control(running ? 'sim.pause' : 'sim.start')}
      >
        ${running ? '❚❚ Pause' : '▶ Start'}
      </button>
      <button
        id="step"
        ?disabled=${off || model.runState !== 'PAUSED'}
        title="one tick; only while paused"
        @click=${() => control('sim.step', { ticks: 1 })}
      >
        Step
      </button>
      <select
        id="speed"
        aria-label="speed"
        ?disabled=${off}
        @change=${e => control('sim.speed', { factor: Number(e.target.value) })}
      >
        ${speeds.map(s => html`<option value=${s} ?selected=${s === model.speed} .selected=${s === model.speed}>${s}×</option>`)}
      </select>
      <button id="reset" ?disabled=${off} @click=${() => show('reset-dialog')}>Reset…</button>
      <button id="help" class="quiet" title="?" aria-label="help" @click=${() => show('help-dialog')}>?</button>
    </span>`;
  }

  #views() {
    return html`<nav aria-label="views">${VIEWS.map(
      view => html`<a href="#${view.id}" title="g ${view.key}" aria-current=${model.view === view.id ? 'page' : 'false'}
        >${view.label}</a>`,
    )}</nav>`;
  }

  /** The agent's state, on every view. */
  #agent() {
    const now = model.state;
    return html`<span class="agent ${now?.state ?? ''}" role="status" aria-label="state of the agent" data-testid="agent-state"
      >${now?.state?.replace('_', ' ') ?? '—'}${now?.activity ? ' / ' + now.activity : ''}${
        now?.safe_mode_reason ? ' △ ' + now.safe_mode_reason : ''}</span>`;
  }

  #health() {
    return html`<span class="chips" aria-label="health of components">
      ${troubleFirst(model.health).map(
        ([name, part]) => html`<span
          class="chip ${part.status === 'UP' ? 'up' : 'down'}"
          title="${name} ${part.status} ${part.reason ?? ''} since ${part.since}"
          ><span aria-hidden="true">${part.status === 'UP' ? '●' : '▲'}</span> ${name.toUpperCase()}${
            part.status === 'UP' ? nothing : html` <b>${part.reason ?? 'DOWN'}</b>`
          }</span
        >`,
      )}
    </span>`;
  }

  #link() {
    const link = model.signal('link.state');
    const text = link?.value ?? '— ' + (link?.reason ?? '');
    return html`<span class="chip link" title="radio link of the vehicle" data-testid="link"
      >LINK ${text}</span
    >`;
  }

  #connection() {
    const bus = model.bus;
    const since = clock(bus.since);
    if (!bus.connected) {
      return html`<span class="conn lost" data-testid="connection" role="status"
        ><span aria-hidden="true">✕</span> no connection since ${since}</span
      >`;
    }
    const latency = bus.latencyMs == null ? '' : ` · ${bus.latencyMs < 1 ? '<1' : bus.latencyMs.toFixed(0)} ms`;
    return html`<span class="conn ok" data-testid="connection" role="status"
      title="messages skipped because newer ones were there: ${model.skipped}; whole pictures read: ${model.rereads}"
      ><span aria-hidden="true">⇄</span> connected since ${since}${latency}</span
    >`;
  }
}

customElements.define('qiki-header', Header);
