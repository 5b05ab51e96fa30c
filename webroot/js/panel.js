/** The base of every panel: draws from the model into the page itself, under one style sheet. */
import { LitElement } from 'lit';
import { model } from './model.js';

export class Panel extends LitElement {
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.replaceChildren();
    model.watch(this);
  }

  disconnectedCallback() {
    model.unwatch(this);
    super.disconnectedCallback();
  }
}
