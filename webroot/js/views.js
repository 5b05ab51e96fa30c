/** The views of the page; g and the key turns to one. */
export const VIEWS = [
  { id: 'flight', label: 'Flight', key: 'f' },
  { id: 'systems', label: 'Systems', key: 's' },
  { id: 'brain', label: 'Brain', key: 'b' },
  { id: 'events', label: 'Events', key: 'e' },
];
