/**
 * The event-bus bridge protocol over SockJS: register, send with a reply, ping.
 *
 * Reconnects with back-off and registers again by itself. A call that is refused answers on the
 * error frame of its reply address; a call that nobody answers ends with its time limit.
 */
const PING_MS = 2000;
const SILENT_MS = 6000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 8000;
const CALL_MS = 5000;
const TRANSPORTS = ['websocket', 'xhr-streaming', 'xhr-polling'];

export class Bus {
  #url;
  #socket = null;
  #handlers = new Map();
  #calls = new Map();
  #nextCall = 1;
  #retryMs = FIRST_RETRY_MS;
  #timers = [];
  #pingSent = 0;
  #lastFrame = 0;

  constructor(url) {
    this.#url = url;
    this.connected = false;
    this.since = new Date();
    this.latencyMs = null;
    this.retryAt = null;
    this.onchange = () => {};
  }

  /** Connects now, and again for as long as the page lives. */
  open() {
    this.retryAt = null;
    const socket = new SockJS(this.#url, null, { transports: TRANSPORTS, timeout: 4000 });
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = message => this.#received(socket, message.data);
    socket.onclose = () => this.#closed(socket);
  }

  /** Calls the handler with the body of each message to an address, until it is off again. */
  on(address, handler) {
    this.#handlers.set(address, handler);
    this.#frame({ type: 'register', address });
  }

  off(address) {
    this.#handlers.delete(address);
    this.#frame({ type: 'unregister', address });
  }

  /** The reply of a call; rejects with what the server says, or when nobody answers. */
  call(address, body) {
    if (!this.connected) {
      return Promise.reject(new Error('not connected'));
    }
    const replyAddress = 'reply-' + this.#nextCall++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#calls.delete(replyAddress);
        reject(new Error('no answer within ' + CALL_MS / 1000 + ' s'));
      }, CALL_MS);
      this.#calls.set(replyAddress, { resolve, reject, timer });
      this.#frame({ type: 'send', address, replyAddress, headers: {}, body });
    });
  }

  #frame(frame) {
    if (this.connected) {
      this.#socket.send(JSON.stringify({ headers: {}, ...frame }));
    }
  }

  #opened(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#change(true);
    this.#retryMs = FIRST_RETRY_MS;
    this.#lastFrame = this.#pingSent = performance.now();
    for (const address of this.#handlers.keys()) {
      this.#frame({ type: 'register', address });
    }
    this.#ping();
    this.#timers = [setInterval(() => this.#ping(), PING_MS)];
  }

  /** A page that was held up itself has frames to read before it may call the server silent. */
  #ping() {
    const now = performance.now();
    const held = now - this.#pingSent > 2 * PING_MS;
    if (now - this.#lastFrame > SILENT_MS && !held) {
      this.#socket.close(3000, 'silent');
      return;
    }
    this.#pingSent = now;
    this.#frame({ type: 'ping' });
  }

  #received(socket, data) {
    if (socket !== this.#socket) {
      return;
    }
    this.#lastFrame = performance.now();
    const frame = JSON.parse(data);
    if (frame.type === 'pong') {
      this.latencyMs = performance.now() - this.#pingSent;
      this.onchange();
    } else if (this.#calls.has(frame.address)) {
      this.#answer(frame);
    } else if (frame.type === 'rec') {
      this.#handlers.get(frame.address)?.(frame.body);
    }
  }

  #answer(frame) {
    const call = this.#calls.get(frame.address);
    this.#calls.delete(frame.address);
    clearTimeout(call.timer);
    const problem = frame.type === 'err' ? (frame.body ?? { detail: frame.message }) : frame.body?.error;
    if (problem) {
      call.reject(Object.assign(new Error(problem.detail ?? problem.title ?? 'refused'), { problem }));
    } else {
      call.resolve(frame.body);
    }
  }

  #closed(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#timers.forEach(clearInterval);
    for (const call of this.#calls.values()) {
      clearTimeout(call.timer);
      call.reject(new Error('the connection was lost; whether the call took effect is not known'));
    }
    this.#calls.clear();
    this.latencyMs = null;
    this.retryAt = performance.now() + this.#retryMs;
    setTimeout(() => this.open(), this.#retryMs);
    this.#retryMs = Math.min(MAX_RETRY_MS, this.#retryMs * 1.7);
    this.#change(false);
  }

  #change(connected) {
    if (this.connected !== connected) {
      this.connected = connected;
      this.since = new Date();
    }
    this.onchange(connected);
  }
}
