import type { Renderer } from './renderer.ts';
export const markdown: Renderer = { id: 'markdown', says: '', extensions: ['md'], render: () => '' };
