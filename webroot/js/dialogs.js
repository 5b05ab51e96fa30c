import { html } from 'lit';
import { control } from './actions.js';

/** Asks before everything starts over. */
export const resetDialog = () => html`<dialog id="reset-dialog" aria-labelledby="reset-title">
  <h2 id="reset-title">Reset the simulation?</h2>
  <p>Every twin starts over at its first step. Run state and speed stay.</p>
  <form method="dialog">
    <button value="cancel" autofocus>Keep flying</button>
    <button value="reset" class="danger" @click=${() => control('sim.reset')}>Reset</button>
  </form>
</dialog>`;

/** Keys, and what the marks mean. */
export const helpDialog = () => html`<dialog id="help-dialog" aria-labelledby="help-title">
  <h2 id="help-title">Keys and marks</h2>
  <dl>
    <dt><kbd>g</kbd> then <kbd>f</kbd> <kbd>s</kbd> <kbd>b</kbd> <kbd>e</kbd></dt><dd>flight, systems, brain, events</dd>
    <dt><kbd>space</kbd></dt><dd>pause, start</dd>
    <dt><kbd>.</kbd></dt><dd>one step, while paused</dd>
    <dt><kbd>/</kbd></dt><dd>search in the events</dd>
    <dt><kbd>?</kbd></dt><dd>this help</dd>
    <dt>1.23</dt><dd>fresh</dd>
    <dt><i class="v stale">1.23</i> <span class="mark clock">◷ 0.9 s</span></dt><dd>stale: the last value and its age</dd>
    <dt>— <i class="why">sensor-off</i></dt><dd>no data, and why</dd>
    <dt><span class="v invalid">△ 1.23</span></dt><dd>invalid: do not use</dd>
    <dt>1.23 <span class="mark level warning">■↑ 1.2</span></dt><dd>beyond a warning limit, high or low</dd>
    <dt>1.23 <span class="mark level critical">▲↓ 1.5</span></dt><dd>beyond a trip limit</dd>
    <dt>1.23<sup class="mark forced">F</sup></dt><dd>forced by a fault; B: a substitute</dd>
    <dt>◆</dt><dd>critical sensor: without it the agent goes to SAFE MODE</dd>
  </dl>
  <form method="dialog"><button autofocus>Close</button></form>
</dialog>`;

export const show = id => document.querySelector('#' + id)?.showModal();
