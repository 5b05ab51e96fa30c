import { html, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';
import { plain } from './marks.js';
import { proposal } from './proposal.js';

/** What the agent thinks: its state and what can follow, SAFE_MODE and the way out, every decision. */
class BrainView extends Panel {
  #held = null;
  #open = null;

  render() {
    return html`<div class="col"><qiki-fsm></qiki-fsm>${next()}${transitions()}</div>
      <div class="col"><qiki-phases></qiki-phases><qiki-decision></qiki-decision></div>
      <div class="col">${safeMode()}${this.#history()}</div>`;
  }

  #history() {
    const runs = this.#held ?? model.log.runs;
    const ticks = runs.length ? `ticks ${runs[0].from} to ${runs.at(-1).to}` : 'none yet';
    return html`<section class="panel fill" aria-labelledby="bv-history">
      <h2 id="bv-history">Decisions <span class="dim">alike in a row as one · ${ticks}</span>
        <button class="small" aria-pressed=${this.#held !== null} @click=${() => this.#hold()}
          >${this.#held ? '▶ follow' : '❚❚ hold'}</button></h2>
      <div class="scroll" tabindex="0" role="region" aria-label="decision history">
        <ol class="runs" data-testid="decision-history">
          ${runs.length === 0 ? html`<li class="empty">none yet</li>` : nothing}
          ${[...runs].reverse().map(run => this.#run(run))}
        </ol>
      </div>
    </section>`;
  }

  #run(run) {
    const open = this.#open === run.from;
    const count = run.to - run.from + 1 - run.missed;
    return html`<li>
      <button class="run-row" aria-expanded=${open} @click=${() => this.#toggle(run.from)}>
        <span class="tk">t${run.from}${run.to > run.from ? '–' + run.to : ''}</span>
        <span class="state-word ${run.newest.state}">${run.newest.state.replace('_', ' ')}</span>
        <span class="what">${run.newest.proposals.length === 0 ? html`<i class="dim">no proposal</i>` : nothing}
          ${run.newest.proposals.map(verdictWord)}</span>
        <span class="dim">${run.commands} cmd</span>
      </button>
      ${open
        ? html`<div class="run-detail">
            <p class="dim">${count} tick${count === 1 ? '' : 's'} seen${run.missed ? `, ${run.missed} between them not` : ''}; the newest of them:</p>
            <ul class="proposals">${run.newest.proposals.map(proposal)}</ul>
          </div>`
        : nothing}
    </li>`;
  }

  #toggle(from) {
    this.#open = this.#open === from ? null : from;
    this.requestUpdate();
  }

  #hold() {
    this.#held = this.#held ? null : model.log.runs.map(run => ({ ...run }));
    this.requestUpdate();
  }
}

const verdictWord = p => {
  const yes = p.verdict === 'ACCEPTED';
  return html`<span class=${yes ? 'yes' : 'no'}><span aria-hidden="true">${yes ? '✓' : '✕'}</span>
    ${p.source} <i>${yes ? p.justification : p.reason}</i></span>`;
};

/** The rows of the table that lead out of the present state, the most urgent first. */
function next() {
  const now = model.state;
  const rows = (model.fsm?.rows ?? [])
    .filter(row => row.from === now?.state && (!row.from_activity || row.from_activity === now.activity))
    .sort((a, b) => a.priority - b.priority);
  return html`<section class="panel" aria-labelledby="bv-next">
    <h2 id="bv-next">What can follow <span class="dim">the most urgent first</span></h2>
    <ol class="next-rows">
      ${rows.length === 0 ? html`<li class="empty">nothing: this state is final</li>` : nothing}
      ${rows.map(row => html`<li title="priority ${row.priority}">
        <span class="cond">${row.condition.toLowerCase().replaceAll('_', ' ')}</span>
        <b>→ ${row.to.replace('_', ' ')}${row.to_activity ? ' / ' + row.to_activity : ''}</b></li>`)}
    </ol>
  </section>`;
}

const name = (state, activity) => (activity ? activity : state).replace('_', ' ');

function transitions() {
  const rows = [...(model.state?.history ?? [])].reverse();
  return html`<section class="panel fill" aria-labelledby="bv-transitions">
    <h2 id="bv-transitions">Transitions <span class="dim">${rows.length} kept, newest first · version ${model.state?.version ?? '—'}</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-label="transitions">
      <ol class="history" data-testid="transitions">${rows.map(row => html`<li>
        <span class="tk">t${row.tick}</span>
        <span>${name(row.from, row.from_activity)} → ${name(row.to, row.to_activity)}</span><b>${row.trigger}</b></li>`)}
      </ol>
    </div>
  </section>`;
}

/** Why the agent is in SAFE_MODE and what the way out waits for; or that it is not. */
function safeMode() {
  const now = model.state;
  const safe = now?.state === 'SAFE_MODE';
  return html`<section class="panel safe ${safe ? 'on' : ''}" aria-labelledby="bv-safe" data-testid="safe-mode">
    <h2 id="bv-safe">Safe mode ${safe ? html`<span class="reason" data-testid="safe-reason">△ ${now.safe_mode_reason}</span>` : html`<span class="dim">not now</span>`}</h2>
    ${safe ? wayOut(now) : lastTime()}
  </section>`;
}

function wayOut(now) {
  const exit = model.telemetry?.safe_exit;
  const since = now.history?.at(-1)?.tick;
  const { good_ticks: good = 0, needed_ticks: needed = 0, failing = null } = exit ?? {};
  const share = needed > 0 ? Math.min(1, good / needed) : 0;
  return html`<p>Since tick ${since ?? '—'}. Only the safe set leaves the agent.</p>
    <p class="wait" data-testid="exit-waits">${
      !exit ? '—' : failing ? html`Waits for <b class="bad">▲ ${failing}</b>` : `✓ Everything required is good; ${Math.max(0, needed - good)} more ticks.`
    }</p>
    <svg class="bar-line" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="good ticks ${good} of ${needed}">
      <rect class="rest" width="100" height="4"></rect><rect class="done" width=${(100 * share).toFixed(1)} height="4"></rect></svg>
    <p class="dim">good ticks in a row <b data-testid="exit-ticks">${good} of ${needed}</b>; any failure begins the count anew</p>`;
}

function lastTime() {
  const story = model.events.filter(event => event.type === 'safe_mode').slice(-3).reverse();
  const entered = story.find(event => event.data.phase === 'entered');
  return html`<p>${
    entered
      ? html`Last entered at ${plain(entered.sim_time_s, 's', 1)} s, tick ${entered.tick}: <b>${entered.reason}</b>.`
      : 'Not entered in what is kept of the events.'
  }</p>
  <p class="dim">It is left when everything required was good for long enough, each required source refreshed since.</p>
  <ol class="history">${story.map(event => html`<li><span class="tk">t${event.tick}</span>
    <span>${event.data.phase ?? event.reason}</span><b>${event.reason}</b></li>`)}</ol>`;
}

customElements.define('qiki-brain-view', BrainView);
