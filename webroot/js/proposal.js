import { html, nothing } from 'lit';

/** A proposal with everything that is known of it. */
export function proposal(p) {
  const yes = p.verdict === 'ACCEPTED';
  return html`<li class=${yes ? 'yes' : 'no'} title=${p.id}>
    <span class="verdict"><span aria-hidden="true">${yes ? '✓' : '✕'}</span> ${p.verdict}</span>
    <span class="type ${p.type}">${p.type}</span>
    <span class="src">${p.source}</span>
    <span class="nums" title="priority and confidence">p ${p.priority} · c ${p.confidence}</span>
    ${yes ? nothing : html`<b class="why">${p.reason}</b>`}
    <span class="just">${p.justification}</span>
  </li>`;
}
