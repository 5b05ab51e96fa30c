import { html, nothing } from 'lit';
import { model } from './model.js';
import { Panel } from './panel.js';

const SHOWN = 80;

/** The newest events, newest first; the events view has all that are kept. */
class Events extends Panel {
  render() {
    const events = model.eventStore.newest(SHOWN);
    return html`<section class="panel fill" aria-labelledby="events-title">
      <h2 id="events-title">Events <span class="dim">${model.events.length} kept</span>
        <a class="more" href="#events">all events</a></h2>
      <div class="scroll" tabindex="0" role="region" aria-label="events">
        <ol class="events" data-testid="events">
          ${events.length === 0 ? html`<li class="empty">none yet</li>` : nothing}
          ${events.map(event => html`<li class=${event.severity} title=${JSON.stringify(event.data)}>
            <span class="tk">${event.sim_time_s.toFixed(1)} s</span>
            ${severity(event)}
            <span class="type">${event.type}</span>
            <b>${event.reason}</b>
            <span class="data">${describe(event)}</span>
          </li>`)}
        </ol>
      </div>
    </section>`;
  }
}

const SIGNS = { INFO: '·', WARNING: '■', CRITICAL: '▲' };

/** The severity as a shape with its name. */
export const severity = event =>
  html`<span class="sev" role="img" aria-label=${event.severity.toLowerCase()}>${SIGNS[event.severity] ?? '?'}</span>`;

/** What an event says, in a line. */
export function describe(event) {
  const data = event.data ?? {};
  if (data.from && data.to) {
    return `${data.from} → ${data.to}`;
  }
  return Object.entries(data)
    .filter(([key, text]) => !key.endsWith('_id') && text !== '0')
    .map(([key, text]) => `${key} ${text}`)
    .join(', ');
}

customElements.define('qiki-events', Events);
