import { html, nothing } from 'lit';
import { describe, severity } from './events.js';
import { model } from './model.js';
import { Panel } from './panel.js';
import { read } from './polls.js';
import { EventStore } from './records.js';

const SEVERITIES = ['INFO', 'WARNING', 'CRITICAL'];
const ALL = '';
const READ_EVERY_MS = 1000;
const MOST_READ = 1000;

/** Every event that is kept: to be filtered, held still and looked into. */
class EventsView extends Panel {
  #types = new Set();
  #severities = new Set(SEVERITIES);
  #text = '';
  #held = null;
  #chosen = null;
  #everyTwin = new EventStore();
  #whose = null;
  #timer = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#readEveryTwin(), READ_EVERY_MS);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    super.disconnectedCallback();
  }

  render() {
    const source = this.#whose === ALL ? this.#everyTwin : model.eventStore;
    const all = this.#held ?? source.newest();
    const shown = all.filter(event => this.#passes(event));
    const chosen = all.find(event => event.id === this.#chosen);
    return html`<section class="panel fill list" aria-labelledby="ev-title">
        <h2 id="ev-title">Events
          <span class="dim" data-testid="event-count">${shown.length} of ${all.length}, newest first${this.#held ? `; ${this.#waiting(source)} newer wait` : ''}</span>
          <button class="small" aria-pressed=${this.#held !== null} @click=${() => this.#hold(source)}
            >${this.#held ? '▶ follow' : '❚❚ hold'}</button></h2>
        ${this.#filters(all)}
        <div class="scroll" tabindex="0" role="region" aria-label="events">
          <table class="event-table" data-testid="event-table">
            <thead><tr><th scope="col" class="e-time">time</th><th scope="col" class="e-tick">tick</th>
              <th scope="col" class="e-twin">twin</th><th scope="col" class="e-sev">severity</th>
              <th scope="col" class="e-type">type</th><th scope="col" class="e-reason">reason</th><th scope="col">data</th></tr></thead>
            <tbody>${shown.map(event => this.#row(event))}</tbody>
          </table>
          ${shown.length === 0 ? html`<p class="empty">No event passes the filters.</p>` : nothing}
        </div>
      </section>
      ${detail(chosen)}`;
  }

  #filters(all) {
    const types = new Map();
    all.forEach(event => types.set(event.type, (types.get(event.type) ?? 0) + 1));
    return html`<form class="filters" role="search" aria-label="filter events" @submit=${e => e.preventDefault()}>
      <label>twin <select data-testid="event-twin" @change=${e => this.#choose(e.target.value)}>
        <option value="one" ?selected=${this.#whose !== ALL}>${model.twin ?? '—'}</option>
        <option value=${ALL} ?selected=${this.#whose === ALL}>every twin</option></select></label>
      <span class="group" role="group" aria-label="severity">${SEVERITIES.map(
        word => html`<button type="button" class="toggle ${word}" aria-pressed=${this.#severities.has(word)}
          @click=${() => this.#flip(this.#severities, word)}>${severity({ severity: word })} ${word.toLowerCase()}</button>`,
      )}</span>
      <input id="event-search" type="search" placeholder="search  /" aria-label="search in events" .value=${this.#text}
        @input=${e => { this.#text = e.target.value.toLowerCase(); this.requestUpdate(); }}>
      <span class="group types" role="group" aria-label="type">${[...types].sort().map(
        ([type, count]) => html`<button type="button" class="toggle" data-type=${type} aria-pressed=${this.#types.has(type)}
          @click=${() => this.#flip(this.#types, type)}>${type} <b>${count}</b></button>`,
      )}
      <button type="button" class="toggle quiet" ?disabled=${this.#types.size === 0}
        @click=${() => { this.#types.clear(); this.requestUpdate(); }}>all types</button></span>
    </form>`;
  }

  #row(event) {
    const chosen = event.id === this.#chosen;
    return html`<tr class="${event.severity} ${chosen ? 'chosen' : ''}" data-event=${event.id} @click=${() => this.#look(event)}>
      <td class="tk">${event.sim_time_s.toFixed(1)} s</td><td class="tk">${event.tick}</td><td>${event.twin}</td>
      <td>${severity(event)} ${event.severity.toLowerCase()}</td><td>${event.type}</td>
      <td><button class="link" aria-pressed=${chosen}>${event.reason}</button></td>
      <td class="dim">${describe(event)}</td></tr>`;
  }

  #passes(event) {
    return (
      this.#severities.has(event.severity) &&
      (this.#types.size === 0 || this.#types.has(event.type)) &&
      (this.#text === '' || `${event.type} ${event.reason} ${event.twin} ${JSON.stringify(event.data)}`.toLowerCase().includes(this.#text))
    );
  }

  #flip(set, word) {
    set.has(word) ? set.delete(word) : set.add(word);
    this.requestUpdate();
  }

  #look(event) {
    this.#chosen = this.#chosen === event.id ? null : event.id;
    this.requestUpdate();
  }

  #hold(source) {
    this.#held = this.#held ? null : source.newest();
    this.requestUpdate();
  }

  #waiting(source) {
    return source.rows.filter(event => event.id > (this.#held[0]?.id ?? 0)).length;
  }

  #choose(whose) {
    this.#whose = whose === ALL ? ALL : null;
    this.#held = null;
    this.#everyTwin.clear();
    this.#readEveryTwin();
  }

  async #readEveryTwin() {
    if (this.#whose !== ALL || !model.live || document.hidden) {
      return;
    }
    try {
      this.#everyTwin.merge((await read('/api/v1/events?limit=' + MOST_READ)).events);
      this.requestUpdate();
    } catch (away) {
      // read again in a second
    }
  }
}

/** Everything that an event says. */
function detail(event) {
  return html`<section class="panel detail" aria-labelledby="ev-detail" aria-live="polite">
    <h2 id="ev-detail">Event <span class="dim">${event ? event.id : 'none chosen'}</span></h2>
    ${event
      ? html`<dl data-testid="event-detail">
          ${[['type', event.type], ['reason', event.reason], ['severity', event.severity], ['truth', event.truth],
            ['twin', event.twin], ['tick', event.tick], ['time', event.sim_time_s.toFixed(2) + ' s'],
            ...Object.entries(event.data ?? {})].map(([key, text]) => html`<dt>${key.replaceAll('_', ' ')}</dt><dd>${text}</dd>`)}
        </dl>`
      : html`<p class="empty">Choose an event to see everything it says.</p>`}
  </section>`;
}

customElements.define('qiki-events-view', EventsView);
