import { html, nothing } from 'lit';
import { control } from './actions.js';
import { helpDialog, resetDialog, show } from './dialogs.js';
import { model } from './model.js';
import { Panel } from './panel.js';
import { VIEWS } from './views.js';
import './header.js';
import './fsm.js';
import './decision.js';
import './flight.js';
import './systems.js';
import './sensors.js';
import './events.js';
import './systemsview.js';
import './brainview.js';
import './eventsview.js';

const NOTICE_MS = 6000;
const CHORD_MS = 1500;

const flight = () => html`
  <div class="col left"><qiki-fsm></qiki-fsm><qiki-phases></qiki-phases><qiki-decision></qiki-decision></div>
  <div class="col middle"><qiki-flight></qiki-flight><qiki-systems></qiki-systems></div>
  <div class="col right"><qiki-sensors></qiki-sensors><qiki-events></qiki-events></div>`;

/** The line keeps its place when there is nothing to warn of, so that nothing jumps. */
function calm() {
  const goal = model.telemetry?.goal;
  return html`<p class="banner calm"><span class="dim">mission</span> ${
    goal ? html`${goal.label} <span class="dim">${goal.activity.toLowerCase()}${model.state?.state === 'ACTIVE' ? '' : ', suspended'}</span>` : '—'
  }</p>`;
}

const CONTENT = {
  flight,
  systems: () => html`<qiki-systems-view class="view"></qiki-systems-view>`,
  brain: () => html`<qiki-brain-view class="view"></qiki-brain-view>`,
  events: () => html`<qiki-events-view class="view"></qiki-events-view>`,
};

/** The page: header, banners, and one view. */
class App extends Panel {
  #chordAt = -CHORD_MS;

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', event => this.#key(event));
    window.addEventListener('hashchange', () => this.#turn());
    this.#turn();
    model.start();
  }

  render() {
    const lost = !model.live;
    document.title = `${model.state?.state ?? '…'} · ${model.twin ?? ''} · QIKI DTMP`;
    return html`
      <qiki-header></qiki-header>
      ${this.#banner()}
      <main class="${model.view} ${lost ? 'lost' : model.quietMs > 0 ? 'quiet' : ''}" data-testid="main" data-live=${!lost}
        data-view=${model.view} aria-busy=${lost}>${CONTENT[model.view]()}</main>
      ${this.#notice()} ${resetDialog()} ${helpDialog()}
    `;
  }

  #banner() {
    const since = model.bus.since.toTimeString().slice(0, 8);
    if (!model.bus.connected) {
      const wait = model.bus.retryAt ? Math.max(0, (model.bus.retryAt - performance.now()) / 1000) : 0;
      return html`<p class="banner bad" role="alert" data-testid="banner">
        ✕ No connection since ${since}. Everything below is from before${
          wait > 0 ? html`; trying again in ${wait.toFixed(0)} s` : '; trying now'
        }.</p>`;
    }
    if (!model.synced) {
      return html`<p class="banner" data-testid="banner">⇄ Connected; reading the whole picture …</p>`;
    }
    if (model.quietMs > 0) {
      return html`<p class="banner bad" role="alert" data-testid="banner">
        ◷ RUNNING, but no tick has come for ${(model.quietMs / 1000).toFixed(0)} s.</p>`;
    }
    const forced = (model.telemetry?.sensors ?? []).filter(sensor => sensor.forced).map(sensor => sensor.id);
    return forced.length === 0
      ? calm()
      : html`<p class="banner forced" data-testid="banner"><b>F</b> Forced by a fault: ${forced.join(', ')}. Plug in again in the sensors table.</p>`;
  }

  #notice() {
    const notice = model.notice;
    const old = notice?.at !== undefined && performance.now() - notice.at > NOTICE_MS;
    return notice && !old
      ? html`<p class="notice ${notice.kind}" role="status" data-testid="notice">${
          { sent: '…', done: '✓', refused: '✕' }[notice.kind]
        } ${notice.text}</p>`
      : nothing;
  }

  #turn() {
    const asked = location.hash.slice(1);
    model.view = VIEWS.some(view => view.id === asked) ? asked : VIEWS[0].id;
    model.changed();
  }

  #key(event) {
    const typing = event.target.closest?.('input, select, textarea, dialog');
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing) {
      return;
    }
    const second = performance.now() - this.#chordAt < CHORD_MS && VIEWS.find(view => view.key === event.key);
    this.#chordAt = event.key === 'g' ? performance.now() : -CHORD_MS;
    if (second) {
      location.hash = second.id;
    } else if (event.key === ' ' && model.live && !event.target.closest?.('button, a, summary')) {
      event.preventDefault();
      control(model.runState === 'RUNNING' ? 'sim.pause' : 'sim.start');
    } else if (event.key === '.' && model.live && model.runState === 'PAUSED') {
      control('sim.step', { ticks: 1 });
    } else if (event.key === '/') {
      event.preventDefault();
      this.#search();
    } else if (event.key === '?') {
      show('help-dialog');
    }
  }

  async #search() {
    location.hash = 'events';
    model.view = 'events';
    this.requestUpdate();
    await this.updateComplete;
    const view = document.querySelector('qiki-events-view');
    await view?.updateComplete;
    view?.querySelector('#event-search')?.focus();
  }
}

customElements.define('qiki-app', App);
