/** The hunt document as text. The list is explicit; its order is the order in the help. */
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { Renderer } from './renderer.ts';
import { stix } from './stix.ts';
import { table } from './table.ts';

export type { Renderer } from './renderer.ts';
export { outputFor, plainOutput } from './renderer.ts';

export const renderers: readonly Renderer[] = [table, stix, json, html, markdown];
