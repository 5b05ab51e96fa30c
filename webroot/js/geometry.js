/** An oblique parallel projection: x to the right and down, y to the right and up, z up. */
const RIGHT = [0.8, 0.6, 0];
const UP = [-0.3, 0.4, 0.866];
const TOWARDS = [0.52, -0.69, 0.5];
const CELLS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const MARGIN = 34;
/** Width that the attitude ball takes on the right, px. */
export const BESIDE = 112;

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** A point on the screen, in pixels of a view. */
export function project(p, view) {
  return [
    view.x + (dot(p, RIGHT) - view.right) * view.scale,
    view.y - (dot(p, UP) - view.up) * view.scale,
  ];
}

/** A direction on the screen, of length up to 1, with its depth towards the viewer. */
project.direction = d => [dot(d, RIGHT), -dot(d, UP), dot(d, TOWARDS)];

/** A view that shows every point and the ground beneath, with a grid of round cells. */
export function extent(points, width, height) {
  const all = points.length ? points : [[0, 0, 0]];
  const grounded = [...all, ...all.map(p => [p[0], p[1], 0])];
  const [r0, r1] = range(grounded.map(p => dot(p, RIGHT)), 60);
  const [u0, u1] = range(grounded.map(p => dot(p, UP)), 40);
  const scale = Math.min((width - 2 * MARGIN - BESIDE) / (r1 - r0), (height - 2 * MARGIN) / (u1 - u0));
  const view = { x: (width - BESIDE) / 2, y: height / 2 + 8, right: (r0 + r1) / 2, up: (u0 + u1) / 2, scale };
  view.cell = CELLS.find(cell => cell * scale > 26) ?? CELLS.at(-1);
  view.grid = grid(grounded, view.cell);
  return view;
}

function range(values, least) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const lack = Math.max(0, least - (high - low)) / 2;
  return [low - lack, high + lack];
}

function grid(points, cell) {
  const edge = k => {
    const values = points.map(p => p[k]);
    return [Math.floor(Math.min(...values) / cell) - 1, Math.ceil(Math.max(...values) / cell) + 1];
  };
  const [x0, x1] = edge(0);
  const [y0, y1] = edge(1);
  const lines = [];
  for (let x = x0; x <= x1; x++) {
    lines.push([[x * cell, y0 * cell, 0], [x * cell, y1 * cell, 0]]);
  }
  for (let y = y0; y <= y1; y++) {
    lines.push([[x0 * cell, y * cell, 0], [x1 * cell, y * cell, 0]]);
  }
  return lines;
}

/** A vector turned by a quaternion [w, x, y, z], body to world. */
export function rotate([w, x, y, z], v) {
  const t = [2 * (y * v[2] - z * v[1]), 2 * (z * v[0] - x * v[2]), 2 * (x * v[1] - y * v[0])];
  return [
    v[0] + w * t[0] + y * t[2] - z * t[1],
    v[1] + w * t[1] + z * t[0] - x * t[2],
    v[2] + w * t[2] + x * t[1] - y * t[0],
  ];
}

/** The three body axes in the world frame. */
export const axes = q => [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map(axis => rotate(q, axis));

/** Finds each label a place beside its point where it covers nothing that was placed before. */
export class Labels {
  #taken;

  constructor(width, height, taken) {
    this.width = width;
    this.height = height;
    this.#taken = [...taken];
  }

  /** The upper left corner of a label of a size, near a point. */
  place([x, y], w, h, gap = 12) {
    const places = [
      [x + gap, y - h / 2],
      [x - gap - w, y - h / 2],
      [x - w / 2, y + gap],
      [x - w / 2, y - gap - h],
      [x + gap, y + gap],
      [x - gap - w, y + gap],
      [x + gap, y - gap - h],
      [x - gap - w, y - gap - h],
    ];
    const free = places.find(([a, b]) => this.#free({ x: a, y: b, w, h })) ?? places[0];
    this.#taken.push({ x: free[0], y: free[1], w, h });
    return free;
  }

  #free(box) {
    const inside = box.x >= 2 && box.y >= 2 && box.x + box.w <= this.width - 2 && box.y + box.h <= this.height - 2;
    return inside && !this.#taken.some(other => overlap(box, other));
  }
}

const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
