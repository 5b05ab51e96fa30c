import { html, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { showHelp } from './header.js';
import './fsm.js';
import './decision.js';
import './flight.js';
import './systems.js';

const NOTICE_MS = 6000;

/** The page: header, banners, and the panels of the main view. */
class App extends Panel {
  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', event => this.#key(event));
    model.start();
  }

  render() {
    const lost = !model.live;
    document.title = `${model.state?.state ?? '…'} · ${model.twin ?? ''} · QIKI DTMP`;
    return html`
      <qiki-header></qiki-header>
      ${this.#banner()}
      <main class=${lost ? 'lost' : model.quietMs > 0 ? 'quiet' : ''} data-testid="main" data-live=${!lost}
        aria-busy=${lost}>
        <div class="col left"><qiki-fsm></qiki-fsm><qiki-phases></qiki-phases><qiki-decision></qiki-decision></div>
        <div class="col middle"><qiki-flight></qiki-flight><qiki-systems></qiki-systems></div>
        <div class="col right"><qiki-sensors></qiki-sensors><qiki-events></qiki-events></div>
      </main>
      ${this.#notice()} ${this.#dialogs()}
    `;
  }

  #banner() {
    const since = model.bus.since.toTimeString().slice(0, 8);
    if (!model.bus.connected) {
      const wait = model.bus.retryAt ? Math.max(0, (model.bus.retryAt - Date.now()) / 1000) : 0;
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
      ? nothing
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

  #dialogs() {
    return html`<dialog id="reset-dialog" aria-labelledby="reset-title">
        <h2 id="reset-title">Reset the simulation?</h2>
        <p>Every twin starts over at its first step. Run state and speed stay.</p>
        <form method="dialog">
          <button value="cancel" autofocus>Keep flying</button>
          <button value="reset" class="danger" @click=${() => model.control('sim.reset')}>Reset</button>
        </form>
      </dialog>
      <dialog id="help-dialog" aria-labelledby="help-title">
        <h2 id="help-title">Keys and marks</h2>
        <dl>
          <dt><kbd>space</kbd></dt><dd>pause, start</dd>
          <dt><kbd>s</kbd></dt><dd>one step, while paused</dd>
          <dt><kbd>?</kbd></dt><dd>this help</dd>
          <dt>1.23</dt><dd>fresh</dd>
          <dt><i class="v stale">1.23</i> <span class="mark clock">◷ 0.9 s</span></dt><dd>stale: the last value and its age</dd>
          <dt>— <i class="why">sensor-off</i></dt><dd>no data, and why</dd>
          <dt><span class="v invalid">△ 1.23</span></dt><dd>invalid: do not use</dd>
          <dt>1.23<sup class="mark forced">F</sup></dt><dd>forced by a fault; B: a substitute</dd>
          <dt>◆</dt><dd>critical sensor: without it the agent goes to SAFE MODE</dd>
        </dl>
        <form method="dialog"><button autofocus>Close</button></form>
      </dialog>`;
  }

  #key(event) {
    const busy = event.target.closest?.('input, select, button, textarea, dialog, summary');
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || busy) {
      return;
    }
    if (event.key === ' ' && model.live) {
      event.preventDefault();
      model.control(model.runState === 'RUNNING' ? 'sim.pause' : 'sim.start');
    } else if (event.key === 's' && model.live && model.runState === 'PAUSED') {
      model.control('sim.step', { ticks: 1 });
    } else if (event.key === '?') {
      showHelp();
    }
  }
}

customElements.define('qiki-app', App);
