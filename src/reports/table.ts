import type { Renderer } from './renderer.ts';
export const table: Renderer = { id: 'table', says: '', extensions: [], render: () => '' };
